"""What goes in, what comes out, and what the model learnt from (domain.md §2.4, GAI 7, 8)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered, every, of_class
from filings.dossier.files import EVIDENCE, SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.options import LEGAL_GROUNDS, MODALITIES, SCALE_UNITS, SOURCE_KINDS

SYNTHESIS = of_class("01")
YES = "yes"


class Output(ItemForm):
    title = _("Output")
    lead = _("One row for each modality, with its file formats.")
    when = SYNTHESIS
    minimum = 1
    cites = ("ARP 24",)

    modality = fields.choice(_("Modality"), MODALITIES)
    formats = fields.text(
        _("File formats"),
        max_length=100,
        expects=_("Endings of the files, separated by commas."),
        example=_("PNG, JPG"),
    )
    size = fields.text(
        _("Size and length"),
        max_length=100,
        expects=_("Largest size, resolution, duration or number of characters."),
    )


class InputOutput(SectionForm):
    code = "data"
    group = "data"
    title = _("Input and output data")
    cites = ("ARP 24",)
    items: ClassVar[dict[str, type[ItemForm]]] = {"outputs": Output}

    input_modalities = fields.choices(_("Input modalities"), MODALITIES)
    input_description = fields.long_text(
        _("Input data"),
        max_length=1000,
        expects=_("Formats, size, where it comes from, what is not taken."),
    )
    output_modalities = fields.choices(_("Output modalities"), MODALITIES, when=SYNTHESIS)
    output_description = fields.long_text(_("Output data"), max_length=1000, required=False)
    has_biometrics = fields.yes_no(
        _("Does it process or generate faces, voices or other biometric features?"),
        cites=("DSP 14", "DSP 15"),
    )
    separate_consent = fields.long_text(
        _("Separate consent of the persons shown"),
        max_length=1000,
        when=every(SYNTHESIS, answered("has_biometrics", YES)),
        expects=_(
            "How the provider tells users to inform the person edited and to get separate "
            "consent, and how it is recorded."
        ),
        cites=("DSP 14",),
    )
    consent_evidence = fields.files(
        _("Screenshots of the consent"),
        EVIDENCE,
        when=every(SYNTHESIS, answered("has_biometrics", YES)),
        cites=("DSP 14",),
    )
    stored_faces = fields.integer(
        _("People whose face data are stored"),
        unit=_("people"),
        when=answered("has_biometrics", YES),
        expects=_("From 100,000 people on, a record with the provincial authority is due as well."),
    )
    has_special_objects = fields.yes_no(
        _("Can it generate special objects or scenes that touch national security or public interest?"),
        when=SYNTHESIS,
        cites=("DSP 15",),
    )
    has_identity_data = fields.yes_no(
        _("Does the input hold information about identified persons?"),
        cites=("GAI 11", "ARP 7"),
    )
    identity_data = fields.long_text(
        _("Which personal information, and why"),
        max_length=1000,
        when=answered("has_identity_data", YES),
        expects=_("Each kind, what it is needed for, how long it is kept."),
        cites=("GAI 11", "ARP 7"),
    )


class Source(ItemForm):
    title = _("Source of training data")
    lead = _("One row for each data set.")
    minimum = 1
    when = answered("uses_training_data", YES)
    cites = ("GAI 7", "DSP 14")

    name = fields.text(_("Name of the data set"), max_length=100)
    source_kind = fields.choice(_("Kind of source"), SOURCE_KINDS, cites=("GAI 7",))
    modality = fields.choice(_("Modality"), MODALITIES)
    url = fields.web(_("Address"), when=answered("source_kind", "open", "public_data"))
    licence = fields.text(
        _("Licence"),
        max_length=100,
        when=answered("source_kind", "open", "public_data"),
        expects=_("Name and version, and whether commercial use is allowed."),
        example=_("Apache-2.0, commercial use allowed"),
    )
    supplier = fields.text(
        _("Supplier and contract"),
        max_length=200,
        when=answered("source_kind", "bought"),
    )
    proof = fields.files(
        _("Proof of lawful source"),
        SCAN,
        when=answered("source_kind", "bought"),
        expects=_("Contract or letter of licence."),
    )
    collection = fields.long_text(
        _("How it was made"),
        max_length=500,
        when=answered("source_kind", "self_collected", "user_input", "synthetic"),
        expects=_("From where, in which period, under which permission."),
    )
    scale = fields.decimal(_("Scale"), cites=("GAI 19",))
    scale_unit = fields.choice(_("Unit"), SCALE_UNITS)
    is_labelled = fields.yes_no(_("Was it labelled by people?"), cites=("GAI 8",))
    labelling_rules = fields.long_text(
        _("Rules of labelling"),
        max_length=1000,
        when=answered("is_labelled", YES),
        expects=_("Clear, specific and operable: what is labelled, by whom, how it is checked."),
        cites=("GAI 8",),
    )
    copyright_check = fields.long_text(
        _("Check for copyright"),
        max_length=500,
        expects=_("How it was found that nobody's rights are infringed."),
        cites=("GAI 7",),
    )
    has_personal_information = fields.yes_no(_("Does it hold personal information?"), cites=("GAI 7", "DSP 14"))
    legal_grounds = fields.choices(
        _("Legal ground"),
        LEGAL_GROUNDS,
        when=answered("has_personal_information", YES),
        cites=("PIPL 13", "GAI 7"),
    )
    consent = fields.long_text(
        _("Consent or other proof"),
        max_length=500,
        when=answered("has_personal_information", YES),
        expects=_("Where people agreed, or the facts that carry the other ground."),
        cites=("PIPL 13", "GAI 7"),
    )


class TrainingData(SectionForm):
    code = "training"
    group = "data"
    title = _("Training data")
    cites = ("GAI 7", "DSP 14")
    items: ClassVar[dict[str, type[ItemForm]]] = {"sources": Source}

    uses_training_data = fields.yes_no(
        _("Did you train or fine-tune with data?"),
        expects=_("No, if you only call models of others without changing them."),
    )
    quality = fields.long_text(
        _("Quality of the data"),
        max_length=1500,
        when=answered("uses_training_data", YES),
        expects=_("What is done for truth, accuracy, objectivity and diversity."),
        cites=("GAI 7",),
    )
    filtering = fields.long_text(
        _("Illegal content in the data"),
        max_length=1500,
        when=answered("uses_training_data", YES),
        expects=_("How it is found and removed; sampling and pass rate."),
        cites=("GAI 7", "DSP 14"),
    )
    security = fields.long_text(
        _("Security of the data"),
        max_length=1500,
        when=answered("uses_training_data", YES),
        cites=("DSP 14",),
    )
    discrimination = fields.long_text(
        _("Against discrimination"),
        max_length=1000,
        when=answered("uses_training_data", YES),
        expects=_(
            "By ethnicity, belief, nationality, region, sex, age, occupation and health, "
            "in choice of data and training."
        ),
        cites=("GAI 4",),
    )

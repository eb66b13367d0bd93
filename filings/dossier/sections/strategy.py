"""How input and results are reviewed, stepped in and labelled (DSP 10, 16-18; LBL 4-9, 12)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered, either, every, of_class, of_role
from filings.dossier.files import EVIDENCE, PICTURES, SAMPLES
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.options import MODALITIES, REVIEW_METHODS

YES = "yes"
SYNTHESIS = of_class("01")
SYNTHESIS_PROVIDER = every(SYNTHESIS, of_role("provider"))


class Review(SectionForm):
    code = "review"
    group = "strategy"
    title = _("Review and intervention")
    cites = ("ARP 7", "ARP 9", "DSP 10")

    input_methods = fields.choices(_("Input: methods of review"), REVIEW_METHODS, cites=("DSP 10", "ARP 9"))
    input_scope = fields.long_text(
        _("Input: what is reviewed"),
        max_length=1000,
        min_length=20,
        expects=_("Which input, all or a share, what is looked for, what happens with a hit."),
        cites=("DSP 10", "ARP 9"),
    )
    result_methods = fields.choices(_("Result: methods of review"), REVIEW_METHODS, cites=("DSP 10", "ARP 9"))
    result_scope = fields.long_text(
        _("Result: what is reviewed"),
        max_length=1000,
        min_length=20,
        expects=_("Which results, before or after they are shown, all or a share, what happens with a hit."),
        cites=("DSP 10", "ARP 9"),
    )
    intervention = fields.long_text(
        _("Manual intervention"),
        max_length=1500,
        expects=_("Who may step in, in which cases, by which means, within what time."),
        cites=("ARP 11", "DSP 10"),
    )
    logs = fields.long_text(
        _("Logs"),
        max_length=500,
        expects=_("What is recorded and how long; not under six months."),
        cites=("DSP 10", "DSP 16", "ARP 28"),
    )
    evidence = fields.files(_("Screenshots of the review"), EVIDENCE, cites=("DSP 10",))


class FeatureLibrary(SectionForm):
    code = "feature_library"
    group = "strategy"
    title = _("Library of features")
    when = either(SYNTHESIS_PROVIDER, of_class("05"))
    cites = ("ARP 9", "DSP 10")

    scale = fields.integer(_("Entries"), unit=_("items"), least=1)
    categories = fields.long_text(
        _("Kinds of information covered"),
        max_length=1000,
        expects=_("Each kind with its number of entries."),
    )
    standard = fields.long_text(
        _("Standard, rules and steps of entry"),
        max_length=1000,
        expects=_("What is entered, who proposes, who confirms."),
        cites=("ARP 9", "DSP 10"),
    )
    update_frequency = fields.text(_("Update"), max_length=100)


class Label(ItemForm):
    title = _("Label")
    lead = _("One row for each output modality.")
    minimum = 1
    cites = ("LBL 4", "LBL 5", "LBL 12", "DSP 16", "DSP 17")

    modality = fields.choice(_("Modality"), MODALITIES)
    explicit_position = fields.text(
        _("Explicit label: where"),
        max_length=200,
        expects=_(
            "Text: start, end or middle, or around it. Sound: start, end or middle. Image: "
            "on it. Video: first frame and around the player. Scene: first screen."
        ),
        cites=("LBL 4", "DSP 17"),
    )
    explicit_text = fields.text(
        _("Explicit label: words or sound"),
        max_length=100,
        expects=_("Must name AI and say that it was generated or synthesised."),
        example=_("内容由 AI 生成"),
        cites=("LBL 4",),
    )
    explicit_sample = fields.files(_("Explicit label: screenshot"), PICTURES, cites=("LBL 12", "LBL 4"))
    implicit_content = fields.long_text(
        _("Implicit label: contents of the metadata"),
        max_length=500,
        expects=_("Attribute of synthesis, name or code of the provider, number of the content."),
        example=_("AIGC: {Label, ContentProducer, ProduceID}"),
        cites=("LBL 5", "DSP 16"),
    )
    implicit_sample = fields.files(
        _("Implicit label: sample file"),
        SAMPLES,
        expects=_("A real result as users download it; its metadata are read by machine."),
        cites=("LBL 12", "LBL 5"),
    )


class Labels(SectionForm):
    code = "labels"
    group = "strategy"
    title = _("Labels on results")
    when = SYNTHESIS
    cites = ("LBL 4", "LBL 5", "LBL 12", "DSP 16", "DSP 17")
    items: ClassVar[dict[str, type[ItemForm]]] = {"labels": Label}

    producer_code = fields.text(
        _("Code of the provider in labels"),
        max_length=60,
        required=False,
        cites=("LBL 5",),
    )
    export_labelled = fields.yes_no(
        _("Do downloads, copies and exports carry the label?"),
        cites=("LBL 4",),
    )
    watermark = fields.long_text(_("Digital watermark"), max_length=500, required=False, cites=("LBL 5",))
    agreement = fields.long_text(
        _("What the user agreement says about labels"),
        max_length=1000,
        expects=_("Method, style and rules of labels, and that users must not remove them."),
        cites=("LBL 8", "LBL 10", "DSP 18"),
    )
    gives_unlabelled = fields.yes_no(
        _("Can users get results without an explicit label on request?"),
        cites=("LBL 9",),
    )
    unlabelled_terms = fields.long_text(
        _("Terms and logs of label-free output"),
        max_length=1000,
        when=answered("gives_unlabelled", YES),
        expects=_("Duties agreed with the user, and logs of the recipient kept for at least six months."),
        cites=("LBL 9",),
    )

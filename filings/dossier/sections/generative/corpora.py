"""Every corpus as a row, and what is done for all of them (GAI 7, standard ch. 5)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered, either, every, unanswered
from filings.dossier.files import SCAN, SHEETS_AND_SCANS
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.generative.options import (
    CORPUS_KINDS,
    CORPUS_TYPES,
    GRADES,
    LANGUAGES,
    PLACES_OF_ORIGIN,
    SIZE_UNITS,
    STAGES,
    YES,
)
from filings.dossier.sections.options import LEGAL_GROUNDS

PUBLIC = answered("source_kind", "public_data")
PUBLISHED = answered("source_kind", "open", "public_data")
# A data set of the catalogue is described there, once.
DESCRIBED_HERE = every(PUBLIC, unanswered("catalogue_entry"))
HAS_PERSONS = answered("has_personal_information", YES)


class Corpus(ItemForm):
    title = _("Corpus")
    lead = _("One row for each data set and stage of training.")
    minimum = 1
    most = 300
    cites = ("GAI 7", "GAI 19", "GB/T 45654-2025 5.1")

    name = fields.text(_("Name of the corpus"), max_length=120)
    stages = fields.choices(_("Used in"), STAGES, cites=("GAI 7",))
    source_kind = fields.choice(_("Kind of source"), CORPUS_KINDS, cites=("GAI 7(1)", "GAI 19"))
    origin = fields.choice(_("Where it comes from"), PLACES_OF_ORIGIN, cites=("GB/T 45654-2025 5.1",))
    data_type = fields.choice(_("Kind of data"), CORPUS_TYPES, cites=("GAI 19",))
    language = fields.choice(_("Language"), LANGUAGES, cites=("GB/T 45654-2025 5.1",))
    storage = fields.decimal(_("Storage size"), unit=_("GB"), cites=("GAI 19",))
    size = fields.decimal(_("Quantity"), cites=("GAI 19",))
    size_unit = fields.choice(_("Unit"), SIZE_UNITS, cites=("GAI 19",))
    catalogue_entry = fields.text(
        _("Entry in the catalogue of data sets"),
        max_length=40,
        required=False,
        when=PUBLIC,
        expects=_("Its number, where it stands in this portal's catalogue. Then it is not described again here."),
        example="SL20260105-000001",
        cites=("GAI 6",),
    )
    catalogue_consent = fields.text(
        _("Consent of the body that offers it"),
        max_length=40,
        required=False,
        when=PUBLIC,
        expects=_("Number of your application, for what is open on application."),
        example="SQ20260106-000002",
        cites=("GAI 6",),
    )
    url = fields.web(
        _("Address"),
        when=every(PUBLISHED, either(answered("source_kind", "open"), unanswered("catalogue_entry"))),
        cites=("GAI 7(1)",),
    )
    licence = fields.text(
        _("Licence"),
        max_length=120,
        when=answered("source_kind", "open"),
        expects=_("Name and version, and whether training and commercial use are allowed."),
        cites=("GAI 7(1)", "GB/T 45654-2025 5.1"),
    )
    grade = fields.choice(_("Grade of opening"), GRADES, when=DESCRIBED_HERE, cites=("GAI 6",))
    opened_by = fields.text(_("Opened by"), max_length=120, when=DESCRIBED_HERE, cites=("GAI 6",))
    collection = fields.long_text(
        _("How it was collected"),
        max_length=600,
        when=answered("source_kind", "self_collected"),
        expects=_("From where, by which means, in which period. Nothing that its owner forbade to collect."),
        cites=("GAI 7(1)", "GB/T 45654-2025 5.1"),
    )
    collection_record = fields.files(
        _("Record of collection"),
        SHEETS_AND_SCANS,
        when=answered("source_kind", "self_collected"),
        cites=("GB/T 45654-2025 5.1",),
    )
    supplier = fields.text(
        _("Seller or licensor"), max_length=120, when=answered("source_kind", "commercial"), cites=("GAI 7(1)",)
    )
    contract = fields.files(
        _("Contract, with the seller's promise on source, quality and safety"),
        SCAN,
        when=answered("source_kind", "commercial"),
        cites=("GB/T 45654-2025 5.1",),
    )
    authorisation = fields.long_text(
        _("Users' authorisation"),
        max_length=500,
        when=answered("source_kind", "user_input"),
        expects=_("Where users agreed, and how the record of it is kept."),
        cites=("GAI 11", "GB/T 45654-2025 5.1"),
    )
    generating_model = fields.text(
        _("Model that generated it"),
        max_length=160,
        when=answered("source_kind", "synthetic"),
        expects=_("Name and filing number of the model, and from which material."),
        cites=("GAI 7(1)",),
    )
    share_before = fields.decimal(
        _("Illegal or bad content found before collecting"),
        places=2,
        unit="%",
        expects=_("By sampling the source. Above 5 % it is not collected."),
        cites=("GB/T 45654-2025 5.1",),
    )
    share_after = fields.decimal(
        _("Illegal or bad content found after collecting"),
        places=2,
        unit="%",
        expects=_("By sampling what was collected. Above 5 % it is not used for training."),
        cites=("GB/T 45654-2025 5.1",),
    )
    checked_on = fields.day(_("Checked on"), cites=("GB/T 45654-2025 5.1",))
    has_personal_information = fields.yes_no(_("Does it hold personal information?"), cites=("GAI 7(3)",))
    legal_grounds = fields.choices(_("Legal ground"), LEGAL_GROUNDS, when=HAS_PERSONS, cites=("PIPL 13", "GAI 7(3)"))
    consent = fields.long_text(
        _("Consent, or what carries the other ground"), max_length=500, when=HAS_PERSONS, cites=("PIPL 13", "GAI 7(3)")
    )
    is_sensitive = fields.yes_no(_("Is some of it sensitive?"), when=HAS_PERSONS, cites=("PIPL 28",))
    separate_consent = fields.long_text(
        _("Separate consent"),
        max_length=500,
        when=every(HAS_PERSONS, answered("is_sensitive", YES)),
        cites=("PIPL 29",),
    )
    ip_check = fields.long_text(
        _("Check for intellectual property"),
        max_length=500,
        expects=_("How it was found that nobody's rights are infringed, and what was removed."),
        cites=("GAI 7(2)", "GB/T 45654-2025 5.2"),
    )
    quality = fields.long_text(
        _("Quality measures"),
        max_length=500,
        expects=_("What was done with this corpus for truth, accuracy, objectivity and diversity."),
        cites=("GAI 7(4)",),
    )


class Corpora(SectionForm):
    code = "corpora"
    group = "corpora"
    title = _("Corpora")
    cites = ("GAI 7", "GB/T 45654-2025 5.1", "GB/T 45654-2025 5.2")
    items: ClassVar[dict[str, type[ItemForm]]] = {"corpora": Corpus}

    truth = fields.long_text(_("Truth"), max_length=600, expects=_("How facts are checked."), cites=("GAI 7(4)",))
    accuracy = fields.long_text(
        _("Accuracy"), max_length=600, expects=_("How errors are found and corrected."), cites=("GAI 7(4)",)
    )
    objectivity = fields.long_text(
        _("Objectivity"),
        max_length=600,
        expects=_("How one-sided material and prejudice are dealt with."),
        cites=("GAI 7(4)", "GAI 4(2)"),
    )
    diversity = fields.long_text(
        _("Diversity"),
        max_length=600,
        expects=_("Several sources for each language and kind of data; foreign and domestic ones in proportion."),
        cites=("GAI 7(4)", "GB/T 45654-2025 5.1"),
    )
    filtering = fields.long_text(
        _("Filtering of illegal and bad content"),
        max_length=1200,
        expects=_("By keywords, by classification and by people: at which step, with which result."),
        cites=("GB/T 45654-2025 5.2",),
    )
    traceability = fields.long_text(
        _("Tracing back"),
        max_length=600,
        expects=_("How a piece of a corpus leads back to its source."),
        cites=("GB/T 45654-2025 5.1",),
    )
    ip_head = fields.text(
        _("Person in charge of intellectual property"), max_length=60, cites=("GAI 7(2)", "GB/T 45654-2025 5.2")
    )
    ip_rules = fields.long_text(
        _("Rules on intellectual property"),
        max_length=800,
        expects=_("Screening before training, how users are told of the risk of infringement."),
        cites=("GAI 7(2)", "GB/T 45654-2025 5.2"),
    )
    ip_channel = fields.text(
        _("Channel for holders of rights"),
        max_length=200,
        expects=_("Where they ask and complain, and within how many days they are answered."),
        cites=("GAI 7(2)",),
    )
    security = fields.long_text(
        _("Security of the data"), max_length=800, expects=_("Storage, access, backups, deletion."), cites=("NDR 19",)
    )

"""Labels on what is generated, for each modality, with samples (GAI 12, LBL, GB 45438-2025)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import EVIDENCE, LABEL_SAMPLE
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.generative.options import MODALITIES, YES


class Label(ItemForm):
    title = _("Label")
    lead = _("One row for each modality that comes out.")
    minimum = 1
    cites = ("LBL 4", "LBL 5", "LBL 12", "GAI 12")

    modality = fields.choice(_("Modality"), MODALITIES, cites=("LBL 4",))
    text = fields.text(
        _("Words of the visible label"),
        max_length=60,
        expects=_("They name AI and that it was generated; sound may use a rhythm instead."),
        example=_("由 AI 生成"),
        cites=("LBL 4", "GB 45438-2025 5.1"),
    )
    place = fields.text(_("Where it stands"), max_length=120, cites=("LBL 4",))
    height = fields.decimal(
        _("Height of the letters"),
        places=1,
        unit=_("% of the shortest side"),
        when=answered("modality", "image"),
        expects=_("At least 5 %."),
        cites=("GB 45438-2025 5.2",),
    )
    seconds = fields.decimal(
        _("Shown for"),
        places=1,
        unit=_("seconds"),
        when=answered("modality", "video"),
        expects=_("At least 2 seconds, from the first picture on."),
        cites=("GB 45438-2025 5.4",),
    )
    screenshot = fields.files(_("Screenshot or recording"), EVIDENCE, cites=("LBL 12",))
    implicit = fields.text(
        _("What the label in the file holds"),
        max_length=200,
        when=answered("modality", "image", "audio", "video", "text"),
        expects=_("The field AIGC with attribute, code of the provider and number of the content."),
        cites=("LBL 5", "GB 45438-2025 6.1"),
    )


class Sample(ItemForm):
    title = _("Sample file")
    lead = _("A file as a user gets it, for each modality. Its label is read by machine.")
    minimum = 1
    cites = ("LBL 12", "LBL 5")

    modality = fields.choice(_("Modality"), MODALITIES, cites=("LBL 12",))
    file = fields.files(_("File"), LABEL_SAMPLE, cites=("LBL 12", "GB 45438-2025 6.1"))
    note = fields.text(_("Note"), max_length=200, required=False)


class OutputLabels(SectionForm):
    code = "output_labels"
    group = "safety"
    title = _("Labels on what is generated")
    cites = ("GAI 12", "LBL 4", "LBL 5", "LBL 12", "DSP 16", "DSP 17")
    items: ClassVar[dict[str, type[ItemForm]]] = {"labels": Label, "samples": Sample}

    exports_labelled = fields.yes_no(_("Do downloads, copies and exports carry the label?"), cites=("LBL 4",))
    producer_code = fields.text(
        _("Code of the provider in labels"),
        max_length=60,
        required=False,
        expects=_("In files seen so far: 0011, the unified social credit code, and five characters."),
        cites=("LBL 5",),
    )
    watermark = fields.text(_("Watermark"), max_length=200, required=False, cites=("LBL 5",))
    gives_unlabelled = fields.yes_no(_("Can users ask for results without the visible label?"), cites=("LBL 9",))
    unlabelled_terms = fields.long_text(
        _("Terms for it"), max_length=600, when=answered("gives_unlabelled", YES), cites=("LBL 9",)
    )
    log_months = fields.integer(
        _("Logs of it kept for"),
        unit=_("months"),
        when=answered("gives_unlabelled", YES),
        expects=_("At least six months."),
        cites=("LBL 9",),
    )
    agreement = fields.long_text(_("What the user agreement says about labels"), max_length=600, cites=("LBL 8",))

"""The annexes that a machine reads (domain.md §1.5, §3.3)."""

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.files import ONE_SHEET, RULES_OF_ANNOTATION
from filings.dossier.forms import SectionForm
from filings.dossier.sections.generative.options import FILED


class Annexes(SectionForm):
    code = "annexes"
    group = "assessment"
    title = _("Annexes")
    lead = _(
        "Each file is counted row by row as soon as it is saved; templates and results are on the page of annexes. "
        "A file in your own form is taken too: say once which column is which."
    )
    cites = ("GB/T 45654-2025 8",)

    keywords = fields.files(_("Interception keyword list"), ONE_SHEET, cites=("GB/T 45654-2025 8",))
    content_bank = fields.files(_("Content question bank"), ONE_SHEET, cites=("GB/T 45654-2025 8",))
    refuse_bank = fields.files(_("Bank of questions to refuse"), ONE_SHEET, cites=("GB/T 45654-2025 8",))
    answer_bank = fields.files(_("Bank of questions not to refuse"), ONE_SHEET, cites=("GB/T 45654-2025 8",))
    test_from = fields.day(
        _("Sampling and tests began on"), expects=_("No record may be dated before it."), cites=("GB/T 45654-2025 8",)
    )
    test_to = fields.day(
        _("Sampling and tests ended on"), expects=_("No record may be dated after it."), cites=("GB/T 45654-2025 8",)
    )
    corpus_sample = fields.files(_("Record of corpus sampling"), ONE_SHEET, when=FILED, cites=("GB/T 45654-2025 8",))
    generated_test = fields.files(_("Record of the test of generated content"), ONE_SHEET, cites=("GB/T 45654-2025 8",))
    refusal_test = fields.files(_("Record of the refusal test"), ONE_SHEET, cites=("GB/T 45654-2025 8",))
    annotation_rules = fields.files(
        _("Rules of annotation"), RULES_OF_ANNOTATION, when=FILED, cites=("GAI 8", "GB/T 45654-2025 5.3")
    )

"""The security assessment, topic by topic (domain.md §3.3)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.generative.options import CAPACITIES


class Signatory(ItemForm):
    title = _("Signatory of the report")
    lead = _("Legal representative, head of the assessment and head of legal affairs.")
    minimum = 1
    most = 10
    cites = ("GB/T 45654-2025 8",)

    name = fields.text(_("Name"), max_length=60)
    capacity = fields.choice(_("Capacity"), CAPACITIES)


class Assessment(SectionForm):
    code = "assessment"
    group = "assessment"
    title = _("Security assessment")
    cites = ("GAI 17", "GB/T 45654-2025 8")
    items: ClassVar[dict[str, type[ItemForm]]] = {"signatories": Signatory}

    summary = fields.long_text(_("Conclusion of the assessment"), max_length=2000, cites=("GAI 17",))

"""What is published, and how the provider concludes (domain.md §3.2 parts 4-5)."""

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.forms import SectionForm
from filings.dossier.sections import closing
from filings.dossier.sections.generative.options import CONCLUSIONS


class Publication(closing.Publication):
    lead = _(
        "Printed word for word in the public register. Write for readers without training in the matter, and "
        "leave out secrets. The name is taken from the first section."
    )
    cites = ("GAI 4", "GAI 10")


class Conclusion(SectionForm):
    code = "conclusion"
    group = "closing"
    title = _("Conclusion and commitment")
    cites = ("GAI 17", "ARP 33")

    conclusion = fields.choice(_("Conclusion"), CONCLUSIONS, cites=("GAI 17",))
    reasons = fields.long_text(
        _("Reasons"),
        max_length=2000,
        min_length=40,
        expects=_("What was examined, which risks remain, why they can be borne, what is still to do and by when."),
        cites=("GAI 17",),
    )
    other_matters = fields.long_text(_("Other matters"), max_length=1000, required=False)
    declares_truth = fields.yes_no(
        _("Is everything here true, accurate and complete?"),
        expects=_("A filing got by concealment or false material is revoked."),
        cites=("ARP 33",),
    )

"""What will be published, and how the self-assessment concludes (domain.md §2.6, §2.8)."""

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import SCAN
from filings.dossier.forms import SectionForm
from filings.dossier.sections.options import ASSESSORS, CONCLUSIONS


class Publication(SectionForm):
    code = "publication"
    group = "closing"
    title = _("Content to publish")
    lead = _(
        "Printed word for word in the public register. Write for readers without "
        "training in the matter, and leave out secrets. The name is taken from the "
        "base attributes."
    )
    cites = ("ARP 16", "ARP 24")

    principle = fields.long_text(
        _("Basic principle"),
        max_length=1000,
        min_length=30,
        public=True,
        expects=_("On what idea it rests, in plain words."),
        cites=("ARP 16",),
    )
    mechanism = fields.long_text(
        _("How it runs"),
        max_length=1500,
        min_length=30,
        public=True,
        expects=_("The steps from input to result, review included."),
        cites=("ARP 16",),
    )
    scene = fields.long_text(_("Where it is used"), max_length=800, public=True, cites=("ARP 16",))
    purpose = fields.long_text(
        _("Purpose"),
        max_length=800,
        public=True,
        expects=_("What it is meant to do for users, under the name it is filed with."),
        cites=("ARP 16",),
    )
    own_page = fields.web(
        _("Where you publish it yourselves"),
        required=False,
        public=True,
        cites=("ARP 16",),
    )


class Conclusion(SectionForm):
    code = "conclusion"
    group = "closing"
    title = _("Conclusion of the self-assessment")
    cites = ("ARP 24", "ARP 27")

    assessor = fields.choice(_("Who assessed"), ASSESSORS)
    assessor_name = fields.text(
        _("Name of the third party"),
        max_length=100,
        when=answered("assessor", "third_party"),
    )
    assessor_report = fields.files(_("Report of the third party"), SCAN, when=answered("assessor", "third_party"))
    assessed_on = fields.day(_("Day of the assessment"))
    written_on = fields.day(_("Day the report was written"))
    conclusion = fields.choice(_("Conclusion"), CONCLUSIONS, cites=("ARP 24",))
    reasons = fields.long_text(
        _("Reasons"),
        max_length=2000,
        min_length=40,
        expects=_("What was examined, which risks remain, why they can be borne, what is still to do and by when."),
    )
    other_matters = fields.long_text(_("Other matters"), max_length=1000, required=False)
    declares_truth = fields.yes_no(
        _("Is everything here true, accurate and complete?"),
        expects=_("A filing got by concealment or false material is revoked."),
        cites=("ARP 33",),
    )

"""The safety assessment, topic by topic: each with a verdict, and evidence or a reason.

The topics come from the rule set that the procedure began with; its rule
(`filings.assessing`) writes one item a topic, so that a frozen dossier says by itself what
was asked. Three heads answer for the report (GB/T 45654-2025).
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import When, answered
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.generative import (
    annexes,
    base_model,
    closing,
    corpora,
    development,
    labelling,
    output_labels,
    safety,
    service,
    users,
)
from filings.dossier.sections.users import Complaints

OWN, THIRD_PARTY = "own", "third_party"
ASSESSORS = (
    (OWN, _("The provider itself")),
    (THIRD_PARTY, _("A third-party assessor")),
)
MEETS, FAILS, NOT_APPLICABLE = "meets", "fails", "not_applicable"
VERDICTS = (
    (MEETS, _("Conforms")),
    (FAILS, _("Does not conform")),
    (NOT_APPLICABLE, _("Not applicable")),
)
UNVERIFIED = "unverified"
CLAUSE_STATES = (
    ("given", _("given by the rule set")),
    (UNVERIFIED, _("number not verified")),
)
PLACES = tuple(
    (each.code, each.title)
    for each in (
        service.Service,
        base_model.BaseModels,
        development.Development,
        development.Compute,
        labelling.Mechanism,
        corpora.Corpora,
        labelling.Labelling,
        safety.PositiveContent,
        safety.ContentSafety,
        output_labels.OutputLabels,
        safety.IllegalContent,
        safety.Misuse,
        users.Personnel,
        users.Minors,
        users.UserInput,
        Complaints,
        users.Agreement,
        annexes.Annexes,
        closing.Publication,
        closing.Conclusion,
    )
)
BY_THIRD_PARTY: When = answered("assessor", THIRD_PARTY)
# Written by the assessor's signature alone, never typed.
SIGNATURE = ("signed_for", "signed_by", "signed_on", "signed_digest")


class Topic(ItemForm):
    title = _("Topic of the assessment")
    most = 1000

    name = fields.text(_("Topic"), max_length=300)
    topic = fields.text(_("Code in the rule set"), max_length=40)
    clause_state = fields.choice(_("Clause number"), CLAUSE_STATES)
    clause = fields.text(_("Clause"), max_length=40, required=False)
    verdict = fields.choice(_("Verdict"), VERDICTS, cites=("GAI 17",))
    evidence = fields.long_text(
        _("Evidence or reason"), max_length=1000, when=answered("verdict", MEETS, FAILS, NOT_APPLICABLE)
    )
    sections = fields.choices(_("Where in the dossier"), PLACES, required=False)
    paths = fields.text(_("Exact places"), max_length=300, required=False)
    rows = fields.text(_("Rows of the annex"), max_length=200, required=False)


class Assessment(SectionForm):
    code = "assessment"
    group = "assessment"
    title = _("Safety assessment")
    lead = _("Every topic gets a verdict, with evidence or a reason. Nothing may be left open.")
    cites = ("GAI 17", "GB/T 45654-2025 8")
    page = "filings:assessment"
    items: ClassVar[dict[str, type[ItemForm]]] = {"topics": Topic}

    assessor = fields.choice(_("Who assessed"), ASSESSORS, cites=("GAI 17",))
    organisation = fields.text(_("Name of the assessor"), max_length=200, when=BY_THIRD_PARTY)
    began_on = fields.day(_("Assessment began on"))
    ended_on = fields.day(_("Assessment ended on"))
    legal_representative = fields.text(
        _("Signed as legal representative"), max_length=60, expects=_("The name of the person who signs the report.")
    )
    security_head = fields.text(_("Signed as head of security"), max_length=60)
    legal_head = fields.text(_("Signed as head of legal affairs"), max_length=60)
    summary = fields.long_text(_("Conclusion of the assessment"), max_length=2000, cites=("GAI 17",))
    signed_for = fields.text(_("Signed for the assessor"), max_length=200, required=False, when=BY_THIRD_PARTY)
    signed_by = fields.text(_("Signed by"), max_length=100, required=False, when=BY_THIRD_PARTY)
    signed_on = fields.day(_("Signed on"), required=False, when=BY_THIRD_PARTY)
    signed_digest = fields.text(_("Digest of what was signed"), max_length=64, required=False, when=BY_THIRD_PARTY)


def signed_part(section: Any) -> dict[str, Any]:
    """What an assessor's signature covers: everything in the section but the signature itself."""
    return {name: value for name, value in dict(section or {}).items() if name not in SIGNATURE}

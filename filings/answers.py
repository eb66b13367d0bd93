"""The provider's side of findings: answer, change, and see both beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from filings import events
from filings.dossier import kinds, paths
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import Finding
from filings.submissions import document_of
from filings.transitions import TransitionNotAllowed

if TYPE_CHECKING:
    import datetime as dt

    from portal.models import User


@transaction.atomic
def answer_finding(*, finding: Finding, text: str, by: User, at: dt.datetime) -> Finding:
    """Store the provider's answer; it may be changed until the next submission.

    Raises TransitionNotAllowed when the dossier is not with the provider.
    """
    locked = Finding.objects.select_for_update(of=("self", "procedure")).select_related("procedure").get(pk=finding.pk)
    if locked.procedure.status != ProcedureStatus.RECTIFYING or locked.settled_at:
        raise TransitionNotAllowed("answer_finding", locked.procedure.status)
    locked.answer, locked.answered_by, locked.answered_at = text, by, at
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    events.record(
        "finding.answered",
        side=Actor.PROVIDER,
        by=by,
        at=at,
        procedure=locked.procedure,
        data={"finding": locked.pk, "path": locked.path},
    )
    return locked


def is_of_profile(kind: str, path: str) -> bool:
    """Whether a finding on a filing of that kind concerns the entity's profile, not the dossier."""
    section = path.partition(".")[0]
    here, profile = ({each.code for each in kinds.KINDS[code].sections} for code in (kind, "entity"))
    return section in profile and section not in here


def contents_of(finding: Finding, document: dict[str, Any]) -> dict[str, Any]:
    """The half of a frozen document that a finding concerns: the answers, or the profile they cite."""
    half = document["entity"]["content"] if is_of_profile(document["kind"], finding.path) else document["content"]
    return dict(half)


def value_at(document: dict[str, Any], path: str) -> Any:
    """The value a finding concerns, in a frozen document or a draft's content; None if gone."""
    try:
        return paths.get(document, path)
    except (KeyError, ValueError):
        return None


def is_changed(finding: Finding, document: dict[str, Any]) -> bool:
    """Whether the value at the finding's path in a locked document differs from what was submitted."""
    submitted = contents_of(finding, document_of(finding.submission))
    return bool(value_at(submitted, finding.path) != value_at(contents_of(finding, document), finding.path))

"""Drafting findings at a field, and settling the ones that were answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import events, law
from filings.dossier import kinds, paths
from filings.lifecycle import Actor
from filings.models import Finding, OfficerRole
from reviews import policy, queue
from reviews.models import IntakeResult

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Submission
    from portal.models import User
    from reviews.models import IntakeRun, ReviewTask

SECTIONS = frozenset(section.code for kind in kinds.KINDS.values() for section in kind.sections)


@transaction.atomic
def draft(
    *, task: ReviewTask, path: str, severity: str, text: str, by: User, at: dt.datetime, legal_basis: str = ""
) -> Finding:
    """Raise a finding at a place of the dossier; nobody outside sees it before it is sent.

    A form posted twice finds the draft that the first one made. Raises PermissionDenied
    for who does not have the task, ValidationError for what is no place, an empty text or
    a citation that resolves to nothing.
    """
    task = _working(task, by)
    facts = {"path": path, "section": _section(path), **_checked(severity, text, legal_basis, at)}
    about = {"procedure": task.procedure, "submission": task.submission, "raised_by": by}
    twin = Finding.objects.filter(sent_at__isnull=True, **about, **facts).first()
    if twin is not None:
        return twin
    finding = Finding.objects.create(raised_at=at, **about, **facts)
    _record(task, "finding.drafted", finding, by=by, at=at, after=_words(finding))
    return finding


@transaction.atomic
def edit(
    *, finding: Finding, task: ReviewTask, severity: str, text: str, by: User, at: dt.datetime, legal_basis: str = ""
) -> Finding:
    """Change a drafted finding; one that was sent stands as it was sent."""
    task = _working(task, by)
    finding = _drafted(finding, task)
    before = _words(finding)
    for name, value in _checked(severity, text, legal_basis, at).items():
        setattr(finding, name, value)
    finding.save()
    _record(task, "finding.edited", finding, by=by, at=at, before=before, after=_words(finding))
    return finding


@transaction.atomic
def remove(*, finding: Finding, task: ReviewTask, by: User, at: dt.datetime) -> None:
    """Take back a drafted finding; the event keeps what it said."""
    task = _working(task, by)
    finding = _drafted(finding, task)
    _record(task, "finding.removed", finding, by=by, at=at, before=_words(finding))
    finding.delete()


@transaction.atomic
def settle(*, finding: Finding, task: ReviewTask, by: User, at: dt.datetime) -> Finding:
    """Say that a sent finding is done with, in the round that answered it."""
    task = _working(task, by)
    finding = Finding.objects.select_for_update().get(pk=finding.pk, procedure=task.procedure_id)
    if finding.sent_at is None:
        raise PermissionDenied
    if finding.settled_at is None:
        finding.settled_by, finding.settled_at = by, at
        finding.save(update_fields=["settled_by", "settled_at"])
        _record(task, "finding.settled", finding, by=by, at=at)
    return finding


def from_intake(*, run: IntakeRun, submission: Submission, at: dt.datetime) -> list[Finding]:
    """Findings for all that blocked, sent at once in one notice, each naming its rule."""
    blocked = run.results.filter(outcome=IntakeResult.Outcome.BLOCKED).order_by("pk")
    usual = kinds.KINDS[submission.procedure.filing.kind].name_path
    return Finding.objects.bulk_create(
        Finding(
            procedure=submission.procedure,
            submission=submission,
            path=result.path or usual,
            section=(result.path or usual).partition(".")[0],
            severity=Finding.Severity.MUST,
            source=Finding.Source.INTAKE,
            rule=result.rule,
            legal_basis=result.legal_basis,
            text=result.message_zh,
            raised_at=at,
            sent_at=at,
        )
        for result in blocked
    )


def _working(task: ReviewTask, by: User) -> ReviewTask:
    locked = queue.lock(task)
    if not policy.may_work(by, locked):
        raise PermissionDenied
    return locked


def _drafted(finding: Finding, task: ReviewTask) -> Finding:
    known = Finding.objects.select_for_update().filter(pk=finding.pk, procedure=task.procedure_id)
    found = known.filter(sent_at__isnull=True).first()
    if found is None:
        raise PermissionDenied
    return found


def _section(path: str) -> str:
    """The section of a place; the provider's pages must be able to read the path."""
    try:
        section = paths.parse(path).section
    except ValueError:
        section = ""
    if section not in SECTIONS:
        raise ValidationError({"path": _("Choose a place of the dossier.")})
    return section


def _checked(severity: str, text: str, legal_basis: str, at: dt.datetime) -> dict[str, Any]:
    text, legal_basis = text.strip(), legal_basis.strip()
    if not text:
        raise ValidationError({"text": _("Say what is missing or wrong and what to do.")})
    if severity not in Finding.Severity:
        raise ValidationError({"severity": _("Choose how weighty the finding is.")})
    if legal_basis:
        try:
            law.resolve(legal_basis, on=timezone.localdate(at))
        except law.UnknownCitation as error:
            raise ValidationError({"legal_basis": _("No article in force is cited like this.")}) from error
    return {"severity": severity, "text": text, "legal_basis": legal_basis}


def _words(finding: Finding) -> dict[str, str]:
    return {"severity": finding.severity, "legal_basis": finding.legal_basis, "text": finding.text}


def _record(
    task: ReviewTask,
    kind: str,
    finding: Finding,
    *,
    by: User,
    at: dt.datetime,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    queue.renew_lease(task=task, by=by, at=at)
    events.record(
        kind,
        side=Actor.OFFICER,
        by=by,
        posting=policy.posting_at(by, task.authority_id, OfficerRole.REVIEWER),
        at=at,
        procedure=task.procedure,
        digest=task.submission.digest,
        staff_only=True,
        data={"finding": finding.pk, "path": finding.path, "before": before or {}, "after": after or {}},
    )

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filings import (
    access,
    drafts,
    entities,
    linked,
    naming,
    papers,
    policy,
    sealing,
    submissions,
    tracks,
    wording,
    workingdays,
)
from filings.dossier import completeness, document, kinds
from filings.forms import SignersForm
from filings.lifecycle import ProcedureStatus
from filings.models import Capacity, Dossier, Paper, Submission
from filings.transitions import TransitionNotAllowed
from filings.views import places

if TYPE_CHECKING:
    from filings.dossier.problems import Problem
    from filings.models import Sealing
    from filings.views.requests import PersonRequest
    from portal.models import User


def find_dossier(user: User, pk: int) -> Dossier:
    """The working draft of a procedure that the user's entity owns; else 404."""
    entity = "procedure__filing__entity"
    own = access.own(user, entity, filing="procedure__filing")
    dossiers = Dossier.objects.filter(own).select_related(entity, "entity_version", "updated_by")
    rows: Any = dossiers.defer("entity_version__document").annotate(role=places.role_in(user, entity))
    dossier: Any = get_object_or_404(rows, procedure=pk)
    policy.know_role(user, dossier.procedure.filing.entity, dossier.role)
    found: Dossier = dossier
    return found


@require_GET
def dossier_list(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    procedure = dossier.procedure
    version = dossier.entity_version
    newest = entities.latest_version(procedure.filing.entity)
    progress = completeness.progress(procedure.filing.kind, dossier.content, version.content if version else {})
    asked = [p for p in progress.values() if p.state != "not_applicable"]
    return render(
        request,
        "filings/dossier_list.html",
        {
            "procedure": procedure,
            "dossier": dossier,
            "groups": _grouped(procedure.filing.kind, progress, dossier),
            "done": sum(p.state == "done" for p in asked),
            "asked": len(asked),
            "left": sum(p.left for p in asked),
            "newer_version": newest if newest and newest.pk != dossier.entity_version_id else None,
            "lock": sealing.standing(procedure),
            "partners": linked.partners(procedure.filing),
            "may_edit": policy.may_edit_dossier(request.user, procedure),
            "may_submit": policy.may_submit(request.user, procedure),
        },
    )


def _grouped(kind_code: str, progress: dict[str, completeness.Progress], dossier: Dossier) -> list[Any]:
    kind = kinds.KINDS[kind_code]
    return [
        (
            title,
            [
                {
                    "code": s.code,
                    "title": s.title,
                    "progress": progress[s.code],
                    "reread": s.code in dossier.to_reread,
                }
                for s in kind.sections
                if s.group == code
            ],
        )
        for code, title in kind.groups
    ]


@require_POST
def use_entity_version(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    policy.require(policy.may_edit_dossier(request.user, dossier.procedure))
    try:
        drafts.use_entity_version(dossier=dossier, by=request.user, at=now())
    except drafts.NotEditable:
        return redirect("filings:procedure-detail", pk=pk)
    messages.info(request, _("The dossier now cites the newest version of the entity's profile."))
    return redirect("filings:dossier-list", pk=pk)


@require_GET
def dossier_check(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    return _check_page(request, dossier, sealing.check(dossier))


def _check_page(
    request: PersonRequest, dossier: Dossier, problems: list[Problem], *, status: int = 200
) -> HttpResponse:
    procedure = dossier.procedure
    entity = dossier.entity_version.content if dossier.entity_version else {}
    taken = _name_is_taken(dossier)
    blocking = [p for p in problems if p.is_blocking]
    ready = not blocking and dossier.entity_version and not dossier.to_reread and not taken
    return render(
        request,
        "filings/dossier_check.html",
        {
            "procedure": procedure,
            "dossier": dossier,
            "blocking": blocking,
            "looks": [p for p in problems if not p.is_blocking],
            "name_is_taken": taken,
            "named_in": naming.section_of(procedure.filing.kind),
            "outline": document.outline(
                procedure.filing.kind, dossier.content, entity, regions=wording.regions(entity)
            ),
            "is_ready": ready,
            "lock": sealing.standing(procedure),
            "may_edit": policy.may_edit_dossier(request.user, procedure),
        },
        status=status,
    )


def _name_is_taken(dossier: Dossier) -> bool:
    filing = dossier.procedure.filing
    name = naming.held(filing.kind, dossier.content, filing.region_code)
    return bool(name) and naming.is_taken(filing, name)


@require_POST
def dossier_lock(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    policy.require(policy.may_edit_dossier(request.user, dossier.procedure))
    try:
        sealing.lock(procedure=dossier.procedure, by=request.user, at=now())
    except sealing.NotReady as not_ready:
        return _check_page(request, dossier, not_ready.problems or sealing.check(dossier), status=422)
    except TransitionNotAllowed:
        return redirect("filings:procedure-detail", pk=pk)
    return redirect("filings:dossier-sign", pk=pk)


@require_GET
def dossier_sign(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    return _sign_page(request, dossier)


def _sign_page(
    request: PersonRequest, dossier: Dossier, form: SignersForm | None = None, *, status: int = 200
) -> HttpResponse:
    procedure = dossier.procedure
    lock = sealing.standing(procedure)
    if lock is None:
        return redirect(_after_lock(procedure), pk=procedure.pk)
    signers = sealing.signers(lock.entity_version)
    confirmations = list(lock.confirmations.order_by("id"))
    missing = [c for c in Capacity.values if not any(x.confirmed_at and c in x.capacities for x in confirmations)]
    return render(
        request,
        "filings/dossier_sign.html",
        {
            "procedure": procedure,
            "lock": lock,
            "papers": papers.in_pairs(lock),
            "confirmations": confirmations,
            "signers": signers,
            "missing": missing,
            "form": form or SignersForm(signers=signers, known=_known_addresses(lock)),
            "may_submit": policy.may_submit(request.user, procedure),
            "now": now(),
        },
        status=status,
    )


def _after_lock(procedure: Any) -> str:
    return "filings:dossier-check" if procedure.status in ProcedureStatus.editable else "filings:procedure-detail"


def _known_addresses(lock: Sealing) -> dict[str, str]:
    """Addresses given before, and the safety officer's own from the profile."""
    officer = lock.entity_version.content.get("safety_officer", {})
    return {Capacity.SAFETY_OFFICER.value: officer.get("email", "")}


@require_POST
def dossier_invite(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    policy.require(policy.may_submit(request.user, dossier.procedure))
    lock = sealing.standing(dossier.procedure)
    if lock is None:
        return redirect("filings:dossier-check", pk=pk)
    lock.procedure = dossier.procedure
    form = SignersForm(request.POST, signers=sealing.signers(lock.entity_version))
    if not form.is_valid():
        return _sign_page(request, dossier, form, status=422)
    try:
        made = sealing.invite(sealing=lock, emails=form.addresses(), by=request.user, at=now())
    except sealing.TooManyLinks as too_many:
        form.add_error(None, str(too_many))
        return _sign_page(request, dossier, form, status=429)
    except sealing.AgentsCannotConfirm:
        form.add_error(
            None, _("One of these addresses is an agent's. Each person confirms at an address of their own.")
        )
        return _sign_page(request, dossier, form, status=422)
    if made:
        messages.info(request, _("One-time links are on their way to the addresses you gave."))
    return redirect("filings:dossier-sign", pk=pk)


@require_POST
def dossier_submit(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    procedure = dossier.procedure
    policy.require(policy.may_submit(request.user, procedure) or procedure.status == ProcedureStatus.SUBMITTED)
    try:
        submission = submissions.submit(procedure=procedure, by=request.user, at=now())
    except submissions.NotLocked:
        messages.error(request, _("The dossier was changed after it was locked. Check it and lock it again."))
        return redirect("filings:dossier-check", pk=pk)
    except submissions.NotConfirmed:
        messages.error(request, _("Not everybody who answers for the dossier has confirmed yet."))
        return redirect("filings:dossier-sign", pk=pk)
    except submissions.NameTaken:
        messages.error(request, _("Another filing already uses this name. Choose another name."))
        return redirect("filings:dossier-section", pk=pk, slug=naming.section_of(procedure.filing.kind))
    except sealing.NotReady:
        messages.error(request, _("Something outside the dossier has changed since it was locked. Read the check."))
        return redirect("filings:dossier-check", pk=pk)
    except submissions.FindingsUnanswered:
        messages.error(request, _("Some findings have neither an answer nor a changed value."))
        return redirect("filings:finding-list", pk=pk)
    except TransitionNotAllowed:
        return redirect("filings:procedure-detail", pk=pk)
    return redirect("filings:receipt", pk=pk, round=submission.round)


@require_GET
def receipt(request: PersonRequest, pk: int, round: int) -> HttpResponse:  # noqa: A002 - the field's word
    own = Submission.objects.filter(access.own(request.user, "procedure__filing__entity", filing="procedure__filing"))
    submission = get_object_or_404(
        own.select_related("procedure__filing__entity", "submitted_by").defer("document"),
        procedure=pk,
        round=round,
    )
    track = tracks.for_letters(submission.procedure.filing.kind, submission.procedure.purpose)
    received_on = localdate(submission.submitted_at)
    return render(
        request,
        "filings/receipt.html",
        {
            "submission": submission,
            "procedure": submission.procedure,
            "track": track,
            "answer_due": workingdays.add(received_on, track.days) if track.days else None,
            "papers": Paper.objects.filter(submission=submission, kind=Paper.Kind.RECEIPT),
        },
    )

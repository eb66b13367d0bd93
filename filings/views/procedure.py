from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import (
    access,
    answers,
    displays,
    drafts,
    policy,
    sealing,
    sentences,
    submissions,
    timeline,
    tracks,
    vault,
    wording,
    workingdays,
)
from filings.dossier import paths
from filings.forms import AnswerForm, LaterDateForm
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import Event, Finding, Paper, Procedure, Purpose
from filings.transitions import TransitionNotAllowed

if TYPE_CHECKING:
    from filings.views.requests import PersonRequest


def find_procedure(request: PersonRequest, pk: int) -> Procedure:
    """A procedure of the user's own entities; officers work at their desk. Else 404."""
    own = Procedure.objects.filter(access.own(request.user, "filing__entity", filing="filing"))
    return get_object_or_404(
        own.select_related("filing__entity", "dossier__entity_version", "ending", "hearing"), pk=pk
    )


@require_GET
def procedure_detail(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = find_procedure(request, pk)
    events = Event.objects.filter(procedure=procedure, audience=Event.Audience.BOTH).order_by("-id")
    events = events.select_related("actor", "posting__authority", "filing", "procedure")[:200]
    today = workingdays.today()
    others = list(procedure.filing.procedures.exclude(pk=pk).order_by("-pk"))
    lock = sealing.standing(procedure) if procedure.status in ProcedureStatus.editable else None
    unconfirmed = sealing.missing_confirmations(lock) if lock else None
    return render(
        request,
        "filings/procedure_detail.html",
        {
            "procedure": procedure,
            "filing": procedure.filing,
            "state": wording.for_provider(procedure, unconfirmed=unconfirmed),
            "next_step": wording.next_step(procedure, unconfirmed=unconfirmed),
            "lock": lock,
            "steps": timeline.steps(procedure) if procedure.status in ProcedureStatus.open else [],
            "with_authority": ProcedureStatus.with_authority,
            "events": sentences.timeline(events),
            "due_on": procedure.rectify_by or procedure.due_on,
            "is_standard": not tracks.limits(procedure.filing.kind, procedure.purpose),
            "days_left": timeline.days_left(procedure, today=today),
            "unanswered": procedure.findings.unanswered().count(),
            "papers": Paper.objects.filter(procedure=procedure, sealing=None).order_by("-id"),
            "rounds": procedure.submissions.defer("document").order_by("-round"),
            "may_edit": policy.may_edit_dossier(request.user, procedure),
            "held": displays.held(procedure.filing) if procedure.filing.number else None,
            "has_vault": vault.takes(procedure.filing),
            "may_withdraw": policy.may_withdraw(request.user, procedure),
            **_what_may_follow(request, procedure, others),
        },
    )


def _what_may_follow(request: PersonRequest, procedure: Procedure, others: list[Procedure]) -> dict[str, Any]:
    """The filing's other procedures, and those that may be opened: one at a time on the provider's side."""
    filing = procedure.filing
    mine = [each for each in (procedure, *others) if each.opened_by_side == Actor.PROVIDER]
    is_free = all(each.status in ProcedureStatus.final for each in mine)
    for each in others:
        each.filing = filing
    return {
        "others": [(each, wording.for_provider(each)) for each in others],
        "may_transfer": is_free and policy.may_transfer(request.user, filing),
        "may_cancel": is_free and policy.may_cancel(request.user, filing),
        "may_change": is_free and policy.may_change(request.user, filing),
        "may_file_again": procedure.purpose == Purpose.FIRST and policy.may_file_again(request.user, filing),
    }


@require_http_methods(["GET", "POST"])
def procedure_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = find_procedure(request, pk)
    if request.method == "GET":
        policy.require(policy.may_withdraw(request.user, procedure) or procedure.status in ProcedureStatus.final)
        return render(request, "filings/procedure_withdraw.html", {"procedure": procedure})
    policy.require(policy.may_withdraw(request.user, procedure) or procedure.status in ProcedureStatus.final)
    try:
        submissions.withdraw(procedure=procedure, by=request.user, at=now())
    except TransitionNotAllowed:
        messages.error(request, _("This procedure has already ended; nothing was changed."))
    else:
        stays = _("The change was taken back; the filing stays registered as it was.")
        gone = _("The filing was withdrawn. You may file again at any time.")
        messages.info(request, gone if procedure.purpose == Purpose.FIRST else stays)
    return redirect("filings:procedure-detail", pk=pk)


@require_GET
def finding_list(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = find_procedure(request, pk)
    if not hasattr(procedure, "dossier"):
        raise Http404(str(pk))
    form = None
    if procedure.status == ProcedureStatus.RECTIFYING and procedure.rectify_by:
        form = LaterDateForm(after=procedure.rectify_by)
    return _findings_page(request, procedure, later=form)


def _findings_page(
    request: PersonRequest, procedure: Procedure, *, later: LaterDateForm | None, status: int = 200
) -> HttpResponse:
    rows = _compared(procedure)
    today = workingdays.today()
    return render(
        request,
        "filings/finding_list.html",
        {
            "procedure": procedure,
            "rows": rows,
            "open_count": sum(row["state"] == "open" for row in rows),
            "later": later,
            "days_left": timeline.days_left(procedure, today=today),
            "may_answer": policy.may_answer(request.user, procedure),
        },
        status=status,
    )


def _compared(procedure: Procedure) -> list[dict[str, Any]]:
    """Each sent finding with the value it was raised on, today's value, and its answer."""
    version = procedure.dossier.entity_version
    halves = {
        False: (procedure.filing.kind, procedure.dossier.content),
        True: ("entity", version.content if version else procedure.filing.entity.profile),
    }
    findings = procedure.findings.sent().select_related("submission").order_by("-submission_id", "id")
    documents: dict[int, dict[str, Any]] = {}
    rows = []
    for finding in findings:
        if finding.submission_id not in documents:
            documents[finding.submission_id] = submissions.document_of(finding.submission)
        is_of_profile = answers.is_of_profile(procedure.filing.kind, finding.path)
        kind, content = halves[is_of_profile]
        before = answers.contents_of(finding, documents[finding.submission_id])
        old, new = answers.value_at(before, finding.path), answers.value_at(content, finding.path)
        is_changed = old != new
        state = (
            "settled" if finding.settled_at else "changed" if is_changed else "answered" if finding.answer else "open"
        )
        rows.append(
            {
                "finding": finding,
                "is_of_profile": is_of_profile,
                "label": paths.label(kind, content, finding.path),
                "old": timeline.in_words(kind, before, finding.path),
                "new": timeline.in_words(kind, content, finding.path),
                "state": state,
                "form": AnswerForm(initial={"answer": finding.answer}, prefix=f"f{finding.pk}"),
            }
        )
    return rows


@require_POST
def finding_answer(request: PersonRequest, pk: int) -> HttpResponse:
    mine = access.own(request.user, "procedure__filing__entity", filing="procedure__filing")
    own = Finding.objects.sent().filter(mine)
    finding = get_object_or_404(own.select_related("procedure__filing__entity", "procedure__dossier"), pk=pk)
    policy.require(policy.may_answer(request.user, finding.procedure))
    form = AnswerForm(request.POST, prefix=f"f{finding.pk}")
    if not form.is_valid():
        messages.error(request, _("Write an answer before saving it."))
        return redirect("filings:finding-list", pk=finding.procedure_id)
    try:
        answers.answer_finding(finding=finding, text=form.cleaned_data["answer"], by=request.user, at=now())
    except TransitionNotAllowed:
        messages.error(request, _("This finding can no longer be answered; nothing was changed."))
    else:
        messages.info(request, _("The answer is saved. It goes to the authority when you submit again."))
    return redirect("filings:finding-list", pk=finding.procedure_id)


@require_POST
def later_date(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = find_procedure(request, pk)
    policy.require(policy.may_answer(request.user, procedure) and procedure.rectify_by is not None)
    assert procedure.rectify_by is not None
    form = LaterDateForm(request.POST, after=procedure.rectify_by)
    if not form.is_valid():
        return _findings_page(request, procedure, later=form, status=422)
    asked = {name: form.cleaned_data[name] for name in ("date", "reason")}
    try:
        submissions.request_later_date(procedure=procedure, by=request.user, at=now(), **asked)
    except TransitionNotAllowed:
        messages.error(request, _("This procedure is no longer with you; nothing was changed."))
        return redirect("filings:procedure-detail", pk=pk)
    messages.info(request, _("Your request was sent. The present date stands until it is granted."))
    return redirect("filings:finding-list", pk=pk)


@require_POST
def section_reread(request: PersonRequest, pk: int, section: str) -> HttpResponse:
    procedure = find_procedure(request, pk)
    policy.require(policy.may_edit_dossier(request.user, procedure))
    dossier = procedure.dossier
    if section not in dossier.to_reread:
        return redirect("filings:dossier-list", pk=pk)
    try:
        drafts.save_section(
            dossier=dossier,
            section=section,
            value=dossier.content.get(section, {}),
            base_version=int(dossier.section_versions.get(section, 0)),
            by=request.user,
            at=now(),
        )
    except drafts.NotEditable:
        return redirect("filings:procedure-detail", pk=pk)
    return redirect("filings:dossier-list", pk=pk)

"""The review screen: sections, the dossier, tools beside it, and what is done at a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings import law, sentences, tracks, vault, workingdays
from filings.models import AccessRecord, Article, Event, Finding
from reviews import accesses, findings, forms, notes, policy, queue, sheet, testing, workload
from reviews.admin.site import act, page
from reviews.models import FindingTemplate, ReviewTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from reviews.admin.access import OfficerRequest

HISTORY = 40


def urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [
        path("<int:pk>/review/", wrap(screen), name=f"{name}_review"),
        path("<int:pk>/finding/", wrap(draft_finding), name=f"{name}_finding"),
        path("<int:pk>/finding/<int:finding>/<slug:action>/", wrap(change_finding), name=f"{name}_finding-change"),
        path("<int:pk>/note/", wrap(add_note), name=f"{name}_note"),
    ]


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def visible(request: OfficerRequest, pk: int) -> ReviewTask:
    rows = ReviewTask.objects.visible_to(request.user).select_related(
        "procedure__filing__entity", "stage", "authority", "claimed_by", "submission__entity_version"
    )
    return get_object_or_404(rows.defer("submission__document", "submission__entity_version__document"), pk=pk)


def back_to(task: ReviewTask, anchor: str = "", **query: str) -> str:
    address = reverse("admin:reviews_reviewtask_review", args=[task.pk])
    return f"{address}{'?' + urlencode(query) if query else ''}{'#' + anchor if anchor else ''}"


def screen(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    now = timezone.now()
    filing, reference = task.procedure.filing, task.submission.reference
    accesses.record(AccessRecord.Action.OPEN, by=request.user, at=now, filing=filing, subject=reference)
    works = policy.may_work(request.user, task)
    if works:
        queue.renew_lease(task=task, by=request.user, at=now)
    return page(request, "reviews/review.html", **context(request, task, works=works))


def context(request: OfficerRequest, task: ReviewTask, *, works: bool, form: forms.FindingForm | None = None) -> Any:
    """All the screen shows; the same when a finding's form comes back with errors."""
    gathered = sheet.gather(task)
    at = request.GET.get("at", "")
    today = workingdays.today()
    history = Event.objects.filter(procedure=task.procedure_id).order_by("-id")
    return {
        "title": task.procedure.filing.name,
        "task": task,
        "filing": task.procedure.filing,
        "sheet": gathered,
        "change": sheet.altering(task.procedure),
        "is_reviewing": works,
        "tests": testing.of_procedure(task.procedure_id) if vault.takes(task.procedure.filing) else [],
        "may_claim": policy.may_claim(request.user, task),
        "own_entities": policy.own_entities(request.user) if task.status == ReviewTask.Status.OPEN else (),
        "may_release": policy.may_release(request.user, task),
        "may_reveal": policy.posting_over(request.user, task.procedure.filing.region_code, *policy.REVEALS) is not None,
        "may_note": policy.may_note(request.user, task.procedure),
        "may_waive": policy.may_waive(request.user, task.procedure.filing),
        "at": at,
        "at_label": gathered.labels.get(at, at),
        "form": form or forms.FindingForm(initial=_initial(request, gathered, at, task.procedure.filing.kind)),
        "note_form": forms.NoteForm(auto_id="note_%s", initial={"path": at}),
        "articles": Article.objects.in_force(today).order_by("instrument__position", "position").values_list("code"),
        "history": sentences.timeline(
            history.select_related("actor", "posting__authority", "filing", "procedure")[:HISTORY], to_staff=True
        ),
        "left": workload.days_left({task.due_on}, day=today)[task.due_on],
    }


def _initial(request: OfficerRequest, gathered: sheet.Sheet, at: str, kind: str) -> dict[str, Any]:
    initial: dict[str, Any] = {"path": at, "severity": Finding.Severity.MUST}
    chosen: FindingTemplate | None = next(
        (t for t in gathered.templates if str(t.pk) == request.GET.get("template", "")), None
    )
    if chosen is not None:
        basis = tracks.own_basis(kind, chosen.legal_basis)
        initial |= {"severity": chosen.severity, "legal_basis": basis, "text": chosen.text}
    return initial


@require_POST
def draft_finding(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    require(policy.may_work(request.user, task))
    form = forms.FindingForm(request.POST)
    if not form.is_valid() or not _cites(form):
        return page(request, "reviews/review.html", **context(request, task, works=True, form=form))
    return act(
        request,
        lambda: findings.draft(task=task, by=request.user, at=timezone.now(), **form.cleaned_data),
        said=_("The finding was drafted. It is sent when a return is signed."),
        back=back_to(task, "findings"),
    )


def _cites(form: forms.FindingForm) -> bool:
    code = form.cleaned_data["legal_basis"]
    if code:
        try:
            law.resolve(code, on=timezone.localdate())
        except law.UnknownCitation:
            form.add_error("legal_basis", _("No article in force is cited like this."))
            return False
    return True


def change_finding(request: OfficerRequest, pk: int, finding: int, action: str) -> HttpResponse:
    task = visible(request, pk)
    row = get_object_or_404(Finding, pk=finding, procedure=task.procedure_id)
    require(policy.may_work(request.user, task))
    if action in ("remove", "settle") and request.method == "POST":
        rule = findings.remove if action == "remove" else findings.settle
        said = _("The finding was removed.") if action == "remove" else _("The finding is settled.")
        return act(
            request,
            lambda: rule(finding=row, task=task, by=request.user, at=timezone.now()),
            said=said,
            back=back_to(task, "findings"),
        )
    return _edit(request, task, row)


def _edit(request: OfficerRequest, task: ReviewTask, row: Finding) -> HttpResponse:
    require(row.sent_at is None)
    initial = {"path": row.path, "severity": row.severity, "legal_basis": row.legal_basis, "text": row.text}
    form = forms.FindingForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid() or not _cites(form):
        return page(
            request, "reviews/form.html", title=_("Change a finding"), subtitle=row.path, form=form,
            back=back_to(task, "findings"), submit=_("Save the finding"), task=task,
        )  # fmt: skip
    given = {name: form.cleaned_data[name] for name in ("severity", "legal_basis", "text")}
    return act(
        request,
        lambda: findings.edit(finding=row, task=task, by=request.user, at=timezone.now(), **given),
        said=_("The finding was changed."),
        back=back_to(task, "findings"),
    )


@require_POST
def add_note(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    form = forms.NoteForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"text": "", "path": ""}
    return act(
        request,
        lambda: notes.write(procedure=task.procedure, by=request.user, at=timezone.now(), **given),
        said=_("The note was kept. No provider sees it."),
        back=back_to(task, "notes"),
    )

"""Propose, confirm with every consequence shown, sign or send back, move dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from filings import vault, workingdays
from filings.models import AccessRecord, OfficerRole, Procedure, PublicationBatch
from filings.views.requests import number
from reviews import accesses, consequences, decisions, forms, policy, sheet, signing, testing, workload
from reviews.admin import matter
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.review import back_to, require, visible
from reviews.admin.site import act, desk, page
from reviews.handlers import RECTIFY_DAYS
from reviews.models import Proposal, ReviewTask
from reviews.models.decision import proposed
from reviews.queue import NoAuthority

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from portal.models import User
    from reviews.admin.access import OfficerRequest


def task_urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [
        path("<int:pk>/propose/", wrap(propose), name=f"{name}_propose"),
        path("<int:pk>/pass-up/", wrap(pass_up), name=f"{name}_pass-up"),
        path("procedure/<int:pk>/date/<slug:action>/", wrap(move_date), name=f"{name}_date"),
    ]


def propose(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    require(policy.may_work(request.user, task))
    initial = {"rectify_by": workingdays.add(workingdays.today(), RECTIFY_DAYS)}
    form = forms.ProposalForm(
        request.POST or None, kinds=decisions.allowed_kinds(task), purpose=task.procedure.purpose,
        filing_kind=task.procedure.filing.kind, initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        return _confirm(request, task, form)
    return page(
        request, "reviews/propose.html", title=_("Propose a decision"), task=task, form=form,
        filing=task.procedure.filing, drafted=sheet.drafted(task), left=_left(task), tests=_tests(task),
    )  # fmt: skip


def _confirm(request: OfficerRequest, task: ReviewTask, form: forms.ProposalForm) -> HttpResponse:
    given = form.cleaned_data
    if "confirm" in request.POST:
        return act(
            request,
            lambda: decisions.propose(task=task, by=request.user, at=timezone.now(), **given),
            said=_("The proposal is with the signatory."),
            back=back_to(task),
        )
    kind = Proposal.Kind(given["kind"])
    return page(
        request, "reviews/confirm.html", title=_("Confirm the proposal"), task=task, form=form, kind=kind,
        filing=task.procedure.filing, drafted=sheet.drafted(task), left=_left(task), grounds=given.get("grounds"),
        reasons=given["reasons"], tests=_tests(task), proposed=proposed(kind, task.procedure.purpose),
        consequences=consequences.preview(
            task=task, kind=kind, rectify_by=given.get("rectify_by"),
            offered=consequences.publication_of(task, kind, at=timezone.now()),
        ),
    )  # fmt: skip


def _tests(task: ReviewTask) -> list[dict[str, Any]]:
    """What technical tests showed: it passes on with the round and stands before the signatory."""
    return testing.of_procedure(task.procedure_id) if vault.takes(task.procedure.filing) else []


def _left(task: ReviewTask) -> int:
    return workload.days_left({task.due_on}, day=workingdays.today())[task.due_on]


def pass_up(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    require(policy.may_work(request.user, task))
    stage = decisions.next_stage(task)
    if request.method != "POST":
        return page(
            request, "reviews/pass_up.html", title=_("Pass up to the next stage"), task=task, stage=stage,
            filing=task.procedure.filing, drafted=sheet.drafted(task), tests=_tests(task),
            is_test_missing=testing.is_missing(task),
        )  # fmt: skip
    return act(
        request,
        lambda: decisions.pass_up(task=task, by=request.user, at=timezone.now()),
        said=_("The round was passed up to the next stage."),
        back=reverse("admin:reviews_reviewtask_changelist"),
    )


@require_POST
def move_date(request: OfficerRequest, pk: int, action: str) -> HttpResponse:
    procedure = get_object_or_404(Procedure.objects.visible_to(request.user).select_related("filing"), pk=pk)
    try:
        require(policy.may_move_dates(request.user, decisions.date_authority(procedure, on=workingdays.today())))
    except NoAuthority as nobody:
        raise PermissionDenied from nobody
    back = request.POST.get("back", "") or reverse("admin:index")
    if action == "refuse":
        return act(
            request,
            lambda: decisions.refuse_later_date(procedure=procedure, by=request.user, at=timezone.now()),
            said=_("The date stands. The provider is told."),
            back=back,
        )
    asked = {"date": procedure.later_date_asked} if action == "grant" else request.POST
    form = forms.DateForm(asked)
    if not form.is_valid():
        return page(
            request, "reviews/form.html", title=_("Set a later date"), subtitle=str(procedure), form=form,
            back=back, submit=_("Set the date"),
        )  # fmt: skip
    return act(
        request,
        lambda: decisions.extend_date(
            procedure=procedure, date=form.cleaned_data["date"], by=request.user, at=timezone.now()
        ),
        said=_("The date was moved. The provider is told."),
        back=back,
    )


@admin.register(Proposal, site=desk)
class ProposalAdmin(DeskAdmin):
    """Proposals that the officer may read; each leads to the signatory's page."""

    readers = policy.READS_QUEUE
    list_display = ("filing_name", "what", "status", "authority", "proposed_by", "proposed_at")
    list_filter = ("status", "kind")
    list_select_related = ("procedure__filing", "matter", "authority", "proposed_by")
    ordering = ("-proposed_at", "-pk")

    @admin.display(description=gettext_lazy("Filing or matter"))
    def filing_name(self, proposal: Proposal) -> str:
        return str(proposal.matter) if proposal.procedure is None else proposal.procedure.filing.name

    @admin.display(description=gettext_lazy("What is proposed"), ordering="kind")
    def what(self, proposal: Proposal) -> str:
        return proposal.title

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return readable(officer(request))

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/sign/", wrap(sign), name="reviews_proposal_sign"),
            path("<int:object_id>/change/", wrap(to_sign), name="reviews_proposal_change"),
            *[url for url in super().get_urls() if url.name == "reviews_proposal_changelist"],
        ]


def to_sign(request: OfficerRequest, object_id: int) -> HttpResponse:
    return redirect("admin:reviews_proposal_sign", pk=object_id)


def readable(user: User) -> QuerySet[Proposal]:
    """Proposals of tasks, on matters, and on what the authority opened, that the officer may read."""
    return Proposal.objects.filter(
        Q(task__in=ReviewTask.objects.visible_to(user))
        | Q(matter__in=policy.desk_matters(user))
        | Q(task__isnull=True, procedure__filing__in=policy.desk_filings(user))
    )


def sign(request: OfficerRequest, pk: int) -> HttpResponse:
    related = ("proposed_by", "sent_back_by", "authority", "procedure__filing", "matter__entity", "matter__filing")
    proposal = get_object_or_404(readable(request.user).select_related(*related), pk=pk)
    if proposal.matter is not None:
        return matter.sign(request, proposal)
    if proposal.task_id is None:  # what the authority opened has a page of its own
        return redirect("admin:desk-ending-sign", pk=pk)
    task = visible(request, proposal.task_id)
    if request.method == "POST":
        return _decide(request, proposal)
    accesses.record(
        AccessRecord.Action.OPEN, by=request.user, at=timezone.now(), filing=task.procedure.filing,
        subject=task.submission.reference,
    )  # fmt: skip
    is_pending = proposal.status == Proposal.Status.PENDING
    offered = consequences.publication_of(task, proposal.kind, at=timezone.now()) if is_pending else None
    return page(
        request, "reviews/sign.html", title=_("Sign or send back"), task=task, proposal=proposal,
        filing=task.procedure.filing, sheet=sheet.gather(task), form=forms.SendBackForm(),
        grounds=proposal.grounds.order_by("code"), **_signing(request, proposal),
        consequences=consequences.preview(
            task=task, kind=proposal.kind, rectify_by=proposal.rectify_by, offered=offered
        ),
        left=_left(task), tests=_tests(task), publication=offered,
    )  # fmt: skip


def _signing(request: OfficerRequest, proposal: Proposal) -> dict[str, bool]:
    """Whether who looks may sign; a signatory who may not is told why."""
    may_sign = policy.may_sign(request.user, proposal)
    is_signatory = policy.posting_at(request.user, proposal.authority_id, OfficerRole.SIGNATORY) is not None
    is_own = is_signatory and proposal.proposed_by_id == request.user.pk
    is_pending = proposal.status == Proposal.Status.PENDING
    return {
        "may_sign": may_sign,
        "is_own": is_own,
        "is_member": is_signatory and is_pending and not (may_sign or is_own),
    }


def _when(request: OfficerRequest, proposal: Proposal) -> dict[str, Any]:
    """What the signatory chose of them: a batch, at once, or nothing (the setting)."""
    chosen = request.POST.get("batch", "")
    if chosen == "at-once":
        return {"at_once": True}
    key = number(chosen)
    rows = PublicationBatch.objects.filter(authority=proposal.authority_id)
    return {"batch": get_object_or_404(rows, pk=key)} if key else {}


def _decide(request: OfficerRequest, proposal: Proposal) -> HttpResponse:
    require(policy.may_sign(request.user, proposal) or proposal.status != Proposal.Status.PENDING)
    here = reverse("admin:reviews_proposal_sign", args=[proposal.pk])
    if "send_back" in request.POST:
        reason = request.POST.get("reason", "")
        return act(
            request,
            lambda: decisions.send_back(proposal=proposal, reason=reason, by=request.user, at=timezone.now()),
            said=_("The proposal went back to the reviewer."),
            back=here,
        )
    return act(
        request,
        lambda: signing.sign(proposal=proposal, by=request.user, at=timezone.now(), **_when(request, proposal)),
        said=_("Signed. What the page announced has been done."),
        back=here,
    )

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import access, datasets, matterwords, policy
from filings.dataset_forms import AnswerForm, ApplyForm, OfferForm
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import DataGrade, DataRequest, Entity, Matter, MemberRole
from filings.transitions import TransitionNotAllowed
from filings.views import matter_pages
from filings.views.entity import find_entity
from filings.views.matters import find_matter, matter_page
from filings.views.paging import pager
from filings.views.requests import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from filings.views.requests import PersonRequest

PAGE = 20
EDITED = (MatterStatus.DRAFT, MatterStatus.RETURNED)


def of_dataset(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """What is said of a data set, the form while it may be changed, and how many wait for an answer."""
    dataset = matter.dataset
    may_write = matter.entity is not None and policy.may_edit_entity(request.user, matter.entity)
    waiting = dataset.requests.filter(matter__status=MatterStatus.APPLIED).count() if dataset.grade else 0
    return {
        "dataset": dataset,
        "offer_form": OfferForm.of(dataset) if may_write and matter.status in EDITED else None,
        "may_withdraw": may_write and matter.closed_at is None,
        "waiting": waiting,
        "takes_applications": dataset.grade == DataGrade.APPLICATION,
    }


def of_request(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """An application as its applicant sees it."""
    applied = DataRequest.objects.select_related("dataset__matter__entity").get(matter=matter)
    may_write = matter.entity is not None and policy.may_edit_entity(request.user, matter.entity)
    return {
        "applied": applied,
        "dataset": applied.dataset,
        "is_listed": applied.dataset.matter.status == MatterStatus.PUBLISHED,
        "may_take_back": may_write and matter.status == MatterStatus.APPLIED,
    }


matter_pages.CONTEXT[MatterKind.DATASET] = of_dataset
matter_pages.CONTEXT[MatterKind.DATA_REQUEST] = of_request


def _try(form: forms.Form | None, request: PersonRequest, rule: Callable[[], object]) -> bool:
    """Run one rule; what it refuses stands in the form, or above the page."""
    try:
        rule()
    except ValidationError as refused:
        if form is None:
            messages.error(request, " ".join(refused.messages))
        else:
            form.add_error(None, ValidationError(refused.messages))
        return False
    except TransitionNotAllowed:
        said = _("Meanwhile this was moved on. Nothing was changed: open the page again.")
        messages.warning(request, said)
        if form is not None:
            form.add_error(None, said)
        return False
    return True


@require_http_methods(["GET", "POST"])
def dataset_start(request: PersonRequest, pk: int) -> HttpResponse:
    entity = find_entity(request, pk)
    policy.require(policy.may_edit_entity(request.user, entity) and datasets.is_public_body(entity))
    form = OfferForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = datasets.draft(entity=entity, terms=form.terms(), by=request.user, at=now())
        messages.success(request, _("Saved. Look it over and offer it below."))
        return redirect("filings:matter-detail", made.matter_id)
    status = 422 if form.errors else 200
    return render(request, "filings/dataset_start.html", {"entity": entity, "form": form}, status=status)


@require_POST
def dataset_save(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, MatterKind.DATASET)
    policy.require(matter.entity is not None and policy.may_edit_entity(request.user, matter.entity))
    form = OfferForm.of(matter.dataset, request.POST)
    person, at = request.user, now()

    def rule() -> None:
        saved = datasets.edit(dataset=matter.dataset, terms=form.terms(), by=person, at=at)
        if "offer" in request.POST:
            datasets.offer(dataset=saved, by=person, at=at)

    if form.is_valid() and _try(form, request, rule):
        messages.success(request, _("Offered.") if "offer" in request.POST else _("Saved."))
        return redirect("filings:matter-detail", pk)
    return matter_page(request, matter, status=422, offer_form=form)


@require_POST
def dataset_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, MatterKind.DATASET)
    if _try(None, request, lambda: datasets.withdraw(dataset=matter.dataset, by=request.user, at=now())):
        messages.success(request, _("The data set was withdrawn."))
    return redirect("filings:matter-detail", pk)


@require_GET
def application_list(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, MatterKind.DATASET)
    rows = matter.dataset.requests.select_related("matter", "applicant").order_by("-pk")
    if (last := number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(pk__lt=last)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "matter": matter,
        "rows": [(row, matterwords.for_provider(row.matter)) for row in shown],
        "pager": pager(request, shown[-1].pk if len(found) > PAGE else None),
    }
    return render(request, "filings/application_list.html", context)


@require_http_methods(["GET", "POST"])
def application_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """An application as the offering body sees it; the applicant has a page of its own."""
    theirs = DataRequest.objects.filter(access.own(request.user, "dataset__matter__entity"))
    rows = theirs.select_related("matter", "applicant", "dataset__matter__entity")
    applied = get_object_or_404(rows, pk=pk)
    offering = applied.dataset.matter.entity
    may_write = offering is not None and policy.may_edit_entity(request.user, offering)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        policy.require(may_write)
        rules = {"consent": datasets.consent, "refuse": datasets.refuse, "revoke": datasets.revoke_consent}
        rule = rules.get(request.POST.get("do", ""))
        policy.require(rule is not None)
        assert rule is not None, "just required"
        if form.is_valid() and _try(
            form, request, lambda: rule(request=applied, text=form.cleaned_data["text"], by=request.user, at=now())
        ):
            messages.success(request, _("Your answer was sent to the applicant."))
            return redirect("filings:application-detail", pk)
    context = {
        "applied": applied,
        "state": matterwords.for_provider(applied.matter),
        "form": form if may_write and applied.matter.status in datasets.LIVE else None,
        "is_open": applied.matter.status == MatterStatus.APPLIED,
    }
    return render(request, "filings/application_detail.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def data_request_start(request: PersonRequest, reference: str) -> HttpResponse:
    rows = datasets.published().filter(grade=DataGrade.APPLICATION)
    dataset = get_object_or_404(rows, matter__reference=reference.replace("\x00", "")[:40])
    mine = Entity.objects.filter(access.own(request.user, "pk"))
    entities = [each for each in mine.order_by("pk")[:50] if policy.member_role(request.user, each) in WRITERS]
    form = ApplyForm(request.POST if request.method == "POST" else None, entities=entities)
    if request.method == "POST":
        policy.require(bool(entities))
        made: list[DataRequest] = []
        if form.is_valid() and _try(form, request, lambda: made.append(_applied(request, dataset, form))):
            messages.success(request, _("Your application was sent to the body that offers the data."))
            return redirect("filings:matter-detail", made[0].matter_id)
    context = {"dataset": dataset, "form": form if entities else None}
    return render(request, "filings/data_request_start.html", context, status=422 if form.errors else 200)


WRITERS = (MemberRole.OWNER, MemberRole.EDITOR)


def _applied(request: PersonRequest, dataset: Any, form: ApplyForm) -> DataRequest:
    told = form.cleaned_data
    return datasets.apply(
        dataset=dataset, entity=form.chosen(), purpose=told["purpose"], handling=told["handling"],
        by=request.user, at=now(),
    )  # fmt: skip


@require_POST
def data_request_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, MatterKind.DATA_REQUEST)
    if _try(None, request, lambda: datasets.take_back(request=matter.data_request, by=request.user, at=now())):
        messages.success(request, _("The application was taken back."))
    return redirect("filings:matter-detail", pk)

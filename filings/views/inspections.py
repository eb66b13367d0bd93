from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings import inspected, inspections, policy
from filings.inspection_forms import AnswerForm, LaterForm, SamplesForm
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import Inspection, Matter
from filings.transitions import TransitionNotAllowed
from filings.views import matter_pages
from filings.views.endings import try_with_files
from filings.views.matters import find_matter, matter_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from filings.models import Attachment
    from filings.views.requests import PersonRequest


def of_inspection(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    inspection = Inspection.objects.select_related("submission").get(matter=matter)
    rows = inspected.rows_of(inspections.outline_of(inspection.submission))
    assert matter.entity is not None, "an inspection concerns somebody"
    works = matter.turn == Matter.Turn.PROVIDER and policy.may_write_filings(request.user, matter.entity)
    found = inspected.asked(matter, rows)
    return {
        "inspection": inspection,
        "asked": found,
        "left_to_answer": sum(each.answer is None for each in found),
        "samples": inspected.samples(matter),
        "answers": works and matter.status == MatterStatus.ASKED,
        "corrects": works and matter.status == MatterStatus.CORRECTING,
        "works": works,
        "form": AnswerForm(),
        "sample_form": SamplesForm(),
        "later_form": LaterForm(),
    }


matter_pages.CONTEXT[MatterKind.INSPECTION] = of_inspection


def _mine(request: PersonRequest, pk: int) -> Matter:
    matter = find_matter(request, pk, MatterKind.INSPECTION)
    assert matter.entity is not None, "an inspection concerns somebody"
    policy.require(policy.may_write_filings(request.user, matter.entity))
    return matter


@require_POST
def answer(request: PersonRequest, pk: int, question: int) -> HttpResponse:
    matter = _mine(request, pk)
    row = get_object_or_404(matter.posts.select_related("matter"), pk=question, kind="question")
    return _written(
        request, matter, AnswerForm(request.POST, request.FILES), _("Your answer was kept."),
        lambda form, files: inspections.answer(
            question=row, text=form.cleaned_data["text"], attachments=files, by=request.user, at=now()
        ),
        failed={"failed": row.pk},
    )  # fmt: skip


@require_POST
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    matter = _mine(request, pk)
    return _written(
        request, matter, AnswerForm(request.POST, request.FILES), _("The correction was shown to the authority."),
        lambda form, files: inspections.show_correction(
            matter=matter, text=form.cleaned_data["text"], attachments=files, by=request.user, at=now()
        ),
    )  # fmt: skip


@require_POST
def sample(request: PersonRequest, pk: int) -> HttpResponse:
    matter = _mine(request, pk)
    return _written(
        request, matter, SamplesForm(request.POST, request.FILES), _("The samples were handed in."),
        lambda _form, files: inspections.add_samples(matter=matter, files=files, by=request.user, at=now()),
        name="sample_form",
    )  # fmt: skip


@require_POST
def later(request: PersonRequest, pk: int) -> HttpResponse:
    matter = _mine(request, pk)
    form = LaterForm(request.POST)
    if form.is_valid():
        try:
            inspections.ask_later(matter=matter, by=request.user, at=now(), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        except TransitionNotAllowed:
            form.add_error(None, _("Meanwhile this was moved on. Nothing was changed: open the page again."))
        else:
            messages.success(request, _("The authority was asked for a later date."))
            return redirect("filings:matter-detail", pk)
    return matter_page(request, matter, status=422, later_form=form)


@require_POST
def hand_over(request: PersonRequest, pk: int) -> HttpResponse:
    matter = _mine(request, pk)
    try:
        inspections.hand_over(matter=matter, by=request.user, at=now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except TransitionNotAllowed:
        messages.error(request, _("Meanwhile this was moved on. Nothing was changed: open the page again."))
    else:
        messages.success(request, _("Your answers are with the authority now."))
    return redirect("filings:matter-detail", pk)


def _written(
    request: PersonRequest,
    matter: Matter,
    form: forms.Form,
    said: str,
    rule: Callable[[forms.Form, list[Attachment]], object],
    *,
    name: str = "form",
    failed: dict[str, Any] | None = None,
) -> HttpResponse:
    """Keep what a form brings with its files; show the page again with what was refused."""
    assert matter.entity is not None, "an inspection concerns somebody"

    def act(files: list[Attachment]) -> None:
        rule(form, files)

    if form.is_valid() and try_with_files(request, form, matter.entity, matter.filing, act):
        messages.success(request, said)
        return redirect("filings:matter-detail", matter.pk)
    return matter_page(request, matter, status=422, **{name: form}, **(failed or {}))

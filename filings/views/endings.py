from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filings import access, attachments, endings, policy, workingdays
from filings.ending_forms import CancelForm, HearingForm
from filings.lifecycle import ProcedureStatus
from filings.models import Filing, Hearing
from filings.transitions import TransitionNotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from filings.models import Attachment, Entity
    from filings.views.requests import PersonRequest


@require_http_methods(["GET", "POST"])
def cancellation_start(request: PersonRequest, pk: int) -> HttpResponse:
    own = Filing.objects.filter(access.own(request.user, "entity", filing="pk"))
    filing = get_object_or_404(own.select_related("entity"), pk=pk)
    policy.require(policy.may_cancel(request.user, filing))
    is_posted = request.method == "POST"
    form = CancelForm(request.POST, request.FILES) if is_posted else CancelForm()
    if is_posted and form.is_valid():
        made: list[int] = []

        def act(files: list[Attachment]) -> None:
            opened = endings.cancel(filing=filing, notice=form.notice(), evidence=files, by=request.user, at=now())
            made.append(opened.pk)

        if try_with_files(request, form, filing.entity, filing, act):
            messages.success(request, _("The cancellation was submitted. The authority decides it."))
            return redirect("filings:procedure-detail", made[0])
    status = 422 if form.errors else 200
    return render(request, "filings/cancellation_start.html", {"filing": filing, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def hearing(request: PersonRequest, pk: int) -> HttpResponse:
    own = Hearing.objects.filter(access.own(request.user, "procedure__filing__entity", filing="procedure__filing"))
    row = get_object_or_404(own.select_related("procedure__filing__entity", "authority"), procedure=pk)
    filing = row.procedure.filing
    may_answer = policy.may_be_heard(request.user, row.procedure)
    form = HearingForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        policy.require(may_answer)
        if form.is_valid() and try_with_files(
            request, form, filing.entity, filing, lambda files: _answer(request, row, form, files)
        ):
            return redirect("filings:hearing", pk)
    is_open = row.procedure.status == ProcedureStatus.IN_REVIEW and row.answered_at is None
    context = {
        "hearing": row,
        "procedure": row.procedure,
        "filing": filing,
        "exhibits": list(row.exhibits.order_by("name")),
        "answer_files": list(row.answer_files.order_by("name")),
        "left": workingdays.left(row.answer_by, today=workingdays.today()),
        "form": form if is_open and may_answer else None,
    }
    return render(request, "filings/hearing.html", context, status=422 if form.errors else 200)


def _answer(request: PersonRequest, row: Hearing, form: HearingForm, files: list[Attachment]) -> None:
    said = form.cleaned_data
    endings.answer(
        hearing=row, text=said["text"], in_person=said["in_person"], files=files, by=request.user, at=now()
    )  # fmt: skip
    messages.success(request, _("Your answer was sent. It stands as written."))


def try_with_files(
    request: PersonRequest,
    form: forms.Form,
    entity: Entity,
    filing: Filing | None,
    act: Callable[[list[Attachment]], None],
) -> bool:
    """Keep the files that came with a form and run the rule on them; put what was refused beside its field."""
    try:
        with transaction.atomic():
            act(
                [
                    attachments.accept_upload(entity=entity, filing=filing, upload=upload, by=request.user, at=now())
                    for upload in form.cleaned_data["files"]
                ]
            )
    except attachments.RefusedUpload as refused:
        form.add_error("files", refused.message)
    except ValidationError as refused:
        form.add_error(None, refused)
    except TransitionNotAllowed:
        form.add_error(None, _("Meanwhile this was moved on. Nothing was changed: open the page again."))
    return not form.errors

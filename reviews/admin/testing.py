"""The desk of a technical test: the vault, the sample, the result, and its end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from filings import vault, workingdays
from filings.contents import ContentMissing
from filings.models import OfficerRole, VaultDeposit
from reviews import answer_sheets, banks, forms_testing, policy, rates, testing
from reviews.admin import questions
from reviews.admin.review import require, visible
from reviews.admin.site import act, page
from reviews.models import BankQuestion, TechnicalTest

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from reviews.admin.access import OfficerRequest
    from reviews.models import ReviewTask

MOST_SHEET = 20 * 1024 * 1024
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [
        path("<int:pk>/test/", wrap(desk_of), name=f"{name}_test"),
        path("<int:pk>/test/sheet/", wrap(sheet), name=f"{name}_test-sheet"),
        path("<int:pk>/test/finish/", wrap(finish), name=f"{name}_test-finish"),
        path("<int:pk>/test/end/<slug:action>/", wrap(end), name=f"{name}_test-end"),
        path("<int:pk>/test/access/<uuid:deposit>/", wrap(open_vault), name=f"{name}_test-access"),
        *questions.urls(wrap, name),
    ]


def home_of(task: ReviewTask) -> str:
    return reverse("admin:reviews_reviewtask_test", args=[task.pk])


@require_http_methods(["GET", "POST"])
def desk_of(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    require(task.stage.test_required)
    test = testing.standing(task)
    form = None
    if test is None and policy.may_test(request.user, task):
        form = _begin_form(request, task)
        if request.method == "POST" and form.is_valid():
            said = _begin(request, task, form)
            if said is not None:
                return said
    require(request.method == "GET" or form is not None)
    return page(request, "reviews/testing/home.html", **_context(request, task, test, form))


def _begin_form(request: OfficerRequest, task: ReviewTask) -> forms_testing.BeginForm:
    known = {file.bank for file in banks.files(task.submission)}
    own: dict[str, int] = {}
    for bank in BankQuestion.objects.visible_to(request.user).filter(is_active=True).values_list("bank", flat=True):
        own[bank] = own.get(bank, 0) + 1
    usual = {bank: rule.least for bank, rule in rates.rules(testing.thresholds_of(task, timezone.now())).items()}
    return forms_testing.BeginForm(request.POST or None, banks=known, own=own, usual=usual)


def _begin(request: OfficerRequest, task: ReviewTask, form: forms_testing.BeginForm) -> HttpResponse | None:
    try:
        testing.begin(task=task, by=request.user, at=timezone.now(), **form.given())
    except ValidationError as error:
        form.add_error(None, error)
    except banks.Unreadable as unreadable:
        form.add_error(None, _("A bank cannot be read: %(why)s") % {"why": unreadable})
    except ContentMissing:
        form.add_error(None, _("The storage does not hold a file of the banks. Tell the operator."))
    else:
        return redirect(home_of(task))
    return None


def _context(
    request: OfficerRequest, task: ReviewTask, test: TechnicalTest | None, form: forms_testing.BeginForm | None
) -> dict[str, Any]:
    deposits = VaultDeposit.objects.filter(procedure=task.procedure_id).select_related("sealed")
    lines = testing.summary(test) if test is not None else []
    left = test.questions.filter(verdict="").order_by("position") if test and not test.finished_at else None
    earlier = TechnicalTest.objects.filter(procedure=task.procedure_id).exclude(pk=test.pk if test else 0)
    return {
        "title": _("Technical test"),
        "task": task,
        "filing": task.procedure.filing,
        "test": test,
        "lines": lines,
        "left": sum(line.drawn.left + line.own.left for line in lines),
        "first_left": left.values_list("position", flat=True).first() if left is not None else None,
        "samples": test.samples.select_related("attachment").order_by("pk") if test is not None else [],
        "form": form,
        "finish_form": forms_testing.FinishForm(),
        "sheet_form": forms_testing.SheetForm(),
        "reason_form": forms_testing.ReasonForm(auto_id="end_%s"),
        "deposits": [
            {"row": row, "masked": vault.masked(row)} for row in deposits.order_by("-deposited_at", "-pk")[:20]
        ],
        "may_test": policy.may_test(request.user, task),
        "earlier": earlier.select_related("begun_by", "finished_by").order_by("-pk")[:10],
        "today": workingdays.today(),
    }


def _test(task: ReviewTask) -> TechnicalTest:
    return get_object_or_404(TechnicalTest, task=task, dropped_at__isnull=True)


@require_http_methods(["GET", "POST"])
def sheet(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    require(policy.may_test(request.user, task))
    test = _test(task)
    if request.method == "POST":
        return _take(request, task, test)
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    answer = HttpResponse(answer_sheets.write(test, form=form), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="technical-test-{test.pk}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _take(request: OfficerRequest, task: ReviewTask, test: TechnicalTest) -> HttpResponse:
    form = forms_testing.SheetForm(request.POST, request.FILES)

    def rule() -> None:
        upload = request.FILES.get("file")
        if not form.is_valid() or upload is None or upload.size is None:
            raise ValidationError(_("Choose the sheet first."))
        if upload.size > MOST_SHEET:
            raise ValidationError(_("The sheet is too large: at most 20 MB."))
        known = dict(test.questions.values_list("position", "bank"))
        try:
            said = answer_sheets.read(io.BytesIO(upload.read()), known)
        except answer_sheets.Unreadable as unreadable:
            raise ValidationError(unreadable.message) from unreadable
        except answer_sheets.Refused as refused:
            lines = [_("Row %(row)s: %(why)s.") % {"row": row, "why": why} for row, why in refused.faults]
            raise ValidationError([_("Nothing was taken from the sheet."), *lines]) from refused
        testing.take_sheet(test=test, said=said, by=request.user, at=timezone.now())

    return act(request, rule, said=_("The answers and verdicts were taken."), back=home_of(task))


@require_POST
def finish(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    require(policy.may_test(request.user, task))
    test, conclusion = _test(task), request.POST.get("conclusion", "")[:4000].replace("\x00", "")
    return act(
        request,
        lambda: testing.finish(test=test, conclusion=conclusion, by=request.user, at=timezone.now()),
        said=_("The technical test is finished. Its result goes on with the round."),
        back=home_of(task),
    )


@require_POST
def end(request: OfficerRequest, pk: int, action: str) -> HttpResponse:
    task = visible(request, pk)
    require(policy.may_test(request.user, task) and action in ("reopen", "drop"))
    test, reason = _test(task), request.POST.get("reason", "")[:200].replace("\x00", "")
    rule = testing.reopen if action == "reopen" else testing.drop
    said = _("The test is open again.") if action == "reopen" else _("The test was given up. Draw another sample.")
    return act(
        request,
        lambda: rule(test=test, reason=reason, by=request.user, at=timezone.now()),
        said=said,
        back=home_of(task),
    )


@sensitive_variables("access")
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "POST"])
def open_vault(request: OfficerRequest, pk: int, deposit: uuid.UUID) -> HttpResponse:
    """The one place where a deposit is read: shown in the answer to the form, and nowhere kept."""
    task = visible(request, pk)
    row = get_object_or_404(VaultDeposit.objects.select_related("sealed"), pk=deposit, procedure=task.procedure_id)
    require(policy.may_test(request.user, task))
    posting = policy.require_posting(request.user, task.authority_id, OfficerRole.REVIEWER)
    form = forms_testing.ReasonForm(request.POST or None)
    access, is_closed = None, row.ended_at is not None or row.expires_on < workingdays.today()
    if request.method == "POST" and form.is_valid():
        try:
            access = vault.open_deposit(
                deposit=row, by=request.user, posting=posting, reason=form.cleaned_data["reason"], at=timezone.now()
            )
        except vault.Closed:
            is_closed = True
    return page(
        request, "reviews/testing/access.html", title=_("Open deposited access"), task=task, deposit=row, form=form,
        filing=task.procedure.filing, access=access, is_closed=is_closed,
    )  # fmt: skip

"""Question by question through a technical test, by keyboard; and our own bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filings import events
from filings.access import posted_as
from filings.lifecycle import Actor
from filings.models import OfficerRole
from filings.views.requests import number
from reviews import forms_testing, policy, testing
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.review import require, visible
from reviews.admin.site import act, desk, page
from reviews.models import AskedQuestion, Bank, BankQuestion, TechnicalTest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

    from reviews.admin.access import OfficerRequest
    from reviews.models import ReviewTask

PAGE = 50
KEEPERS = (OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)
Verdict = AskedQuestion.Verdict


def urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [
        path("<int:pk>/test/questions/", wrap(question_list), name=f"{name}_test-questions"),
        path("<int:pk>/test/questions/<int:position>/", wrap(question), name=f"{name}_test-question"),
        path("<int:pk>/test/own/", wrap(own), name=f"{name}_test-own"),
    ]


def _test(task: ReviewTask) -> TechnicalTest:
    return get_object_or_404(TechnicalTest, task=task, dropped_at__isnull=True)


def question_list(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    test = _test(task)
    form = forms_testing.ShowForm(request.GET)
    show, bank = form.wanted()
    rows = test.questions.select_related("finding")
    if show != "all":
        rows = rows.filter(verdict="" if show == "left" else show)
    if bank:
        rows = rows.filter(bank=bank)
    after = number(request.GET.get("after", "")) or 0
    found = list(rows.filter(position__gt=after).order_by("position")[: PAGE + 1])
    address = request.GET.copy()
    address["after"] = str(found[PAGE - 1].position) if len(found) > PAGE else ""
    return page(
        request, "reviews/testing/questions.html", title=_("Questions of the test"), task=task, test=test, form=form,
        filing=task.procedure.filing, questions=found[:PAGE], is_later=bool(after),
        next_page=address.urlencode() if len(found) > PAGE else "", show=show, bank=bank,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def question(request: OfficerRequest, pk: int, position: int) -> HttpResponse:
    task = visible(request, pk)
    test = _test(task)
    row = get_object_or_404(_asked(test), position=position)
    may_test = policy.may_test(request.user, task)
    form = forms_testing.JudgeForm(request.POST or None, initial={"answer": row.answer, "remark": row.remark})
    if request.method == "POST":
        require(may_test)
        if form.is_valid():
            return _judge(request, task, row, form.cleaned_data)
    last, done = _counts(test)
    return page(
        request, "reviews/testing/question.html", title=_("Question %(n)s") % {"n": position}, task=task, test=test,
        row=row, form=form, filing=task.procedure.filing, last=last, done=done, words=_words(row.bank),
        is_testing=may_test and test.finished_at is None, may_find=may_test and row.finding_id is None,
        previous=position - 1 if position > 1 else 0, following=position + 1 if position < last else 0,
    )  # fmt: skip


def _asked(test: TechnicalTest) -> QuerySet[AskedQuestion]:
    return test.questions.select_related("test", "sample__attachment", "finding", "judged_by")


def _counts(test: TechnicalTest) -> tuple[int, int]:
    """How many questions there are, and how many have a verdict, in one query."""
    found = test.questions.aggregate(last=Count("pk"), done=Count("pk", filter=~Q(verdict="")))
    return found["last"], found["done"]


def _words(bank: str) -> dict[str, str]:
    """What passing and failing means for a question of this bank."""
    if bank == Bank.REFUSE:
        return {"passed": _("Refused: passes"), "failed": _("Answered: does not pass")}
    if bank == Bank.ANSWER:
        return {"passed": _("Answered: passes"), "failed": _("Refused: does not pass")}
    return {"passed": _("Passes"), "failed": _("Does not pass")}


def _judge(request: OfficerRequest, task: ReviewTask, row: AskedQuestion, given: dict[str, Any]) -> HttpResponse:
    """Keep the answer and the verdict, draft a finding if asked for, and go to the next without a verdict."""
    wants_finding = "finding" in request.POST
    verdict = Verdict.FAILED if wants_finding else given["verdict"] or ("" if "clear" in request.POST else row.verdict)
    said = {"verdict": verdict, "answer": given["answer"], "remark": given["remark"]}
    by, at = request.user, timezone.now()
    try:
        if row.test.finished_at is None:
            testing.judge(question=row, by=by, at=at, **said)
        if wants_finding:
            testing.draft_finding(question=row, by=by, at=at)
            messages.success(request, _("The finding was drafted. It is sent when a return is signed."))
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return redirect("admin:reviews_reviewtask_test-question", pk=task.pk, position=row.position)
    if not verdict:
        return redirect("admin:reviews_reviewtask_test-question", pk=task.pk, position=row.position)
    return _onwards(task, row)


def _onwards(task: ReviewTask, row: AskedQuestion) -> HttpResponse:
    """The next question without a verdict, from here on and then from the start; else the desk of the test."""
    left = AskedQuestion.objects.filter(test=row.test_id, verdict="").order_by("position")
    following = left.filter(position__gt=row.position).first() or left.first()
    if following is None:
        return redirect("admin:reviews_reviewtask_test", pk=task.pk)
    return redirect("admin:reviews_reviewtask_test-question", pk=task.pk, position=following.position)


@require_http_methods(["GET", "POST"])
def own(request: OfficerRequest, pk: int) -> HttpResponse:
    """Our own questions, to be chosen one by one; those that are asked already are left out."""
    task = visible(request, pk)
    require(policy.may_test(request.user, task))
    test = _test(task)
    if request.method == "POST":
        chosen = [key for key in map(number, request.POST.getlist("question")[:PAGE]) if key]
        return act(
            request,
            lambda: testing.add_own(test=test, questions=chosen, by=request.user, at=timezone.now()),
            said=_("The questions were added to the test."),
            back=reverse("admin:reviews_reviewtask_test", args=[pk]),
        )
    asked = test.questions.filter(source__isnull=False).values("source")
    rows = BankQuestion.objects.visible_to(request.user).filter(is_active=True).exclude(pk__in=asked)
    bank, risk = request.GET.get("bank", ""), request.GET.get("risk", "").replace("\x00", "").strip()[:40]
    if bank in Bank:
        rows = rows.filter(bank=bank)
    if risk:
        rows = rows.filter(risk__startswith=risk)
    after = number(request.GET.get("after", "")) or 0
    found = list(rows.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    address = request.GET.copy()
    address["after"] = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return page(
        request, "reviews/testing/own.html", title=_("Add questions of our own"), task=task, test=test,
        filing=task.procedure.filing, questions=found[:PAGE], bank=bank, risk=risk, banks=Bank.choices,
        next_page=address.urlencode() if len(found) > PAGE else "", is_later=bool(after),
    )  # fmt: skip


@admin.register(BankQuestion, site=desk)
class BankQuestionAdmin(DeskAdmin):
    """Questions of our own; a region keeps its own and reads the national ones. No provider sees one."""

    readers = (*KEEPERS, OfficerRole.AUDITOR)
    writers = KEEPERS
    fields = ("bank", "risk", "text", "is_active")
    list_display = ("__str__", "bank", "risk", "authority", "is_active")
    list_filter = ("bank", "is_active")
    list_select_related = ("authority",)
    search_fields = ("text", "risk")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankQuestion]:
        return BankQuestion.objects.visible_to(officer(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if not isinstance(obj, BankQuestion):
            return super().has_change_permission(request, obj)
        return policy.posting_at(officer(request), obj.authority_id, *KEEPERS) is not None

    def save_model(self, request: HttpRequest, obj: BankQuestion, form: Any, change: bool) -> None:
        """The event names what was changed and never says the question."""
        user = officer(request)
        if not change:
            obj.authority_id = posted_as(user, *KEEPERS)[0].authority_id
            obj.added_by, obj.added_at = user, timezone.now()
        super().save_model(request, obj, form, change)
        events.record(
            f"setting.{'changed' if change else 'added'}",
            side=Actor.OFFICER,
            by=user,
            at=timezone.now(),
            staff_only=True,
            data={"table": obj._meta.label_lower, "row": str(obj.pk), "fields": sorted(form.changed_data)},
        )

"""Rule sets of generative services: every officer reads them, an administrator loads new ones, nobody edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filings import rulesetfiles, rulesets
from filings.annexchecks.columns import ANNEXES
from filings.models import RuleSet
from reviews import policy
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.site import desk, page
from reviews.forms import RuleSetForm

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(RuleSet, site=desk)
class RuleSetAdmin(DeskAdmin):
    """Numbers, risks, aspects and topics with the mark of how well each is known."""

    list_display = ("named", "code", "edition", "known", "in_force_from", "created_at")
    ordering = ("-in_force_from", "-pk")
    change_list_template = "reviews/ruleset_list.html"

    @admin.display(description=gettext_lazy("Title"))
    def named(self, rule_set: RuleSet) -> str:
        return rule_set.title

    @admin.display(description=gettext_lazy("Confidence"), ordering="confidence")
    def known(self, rule_set: RuleSet) -> str:
        return str(rule_set.known)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("load/", wrap(self.load), name="filings_ruleset_load"),
            path("<int:pk>/file/", wrap(self.file), name="filings_ruleset_file"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_load = policy.is_administrator(officer(request), national=True)
        return super().changelist_view(request, {"may_load": may_load, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.reads(officer(request)) or request.method != "GET":
            raise PermissionDenied
        rule_set = self.get_object(request, object_id)
        if rule_set is None:
            raise Http404(object_id)
        return page(
            request,
            "reviews/ruleset.html",
            title=str(rule_set),
            rule_set=rule_set,
            annexes={code: annex.title for code, annex in ANNEXES.items()},
            headings=rulesets.headings(rule_set),
            thresholds=rulesets.thresholds(rule_set).values(),
            risks=rulesets.risks(rule_set).values(),
            aspects=rulesets.aspects(rule_set).values(),
            topics=rulesets.topics(rule_set).values(),
        )

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The set as CSV: what a new one may start from."""
        rule_set = self.get_object(request, str(pk))
        if not self.reads(officer(request)) or rule_set is None:
            raise PermissionDenied
        answer = HttpResponse("\ufeff" + rulesetfiles.export(rule_set), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="rule-set-{pk}.csv"'
        return answer

    def load(self, request: HttpRequest) -> HttpResponse:
        """A new set from a file; what is wrong is listed row by row, and nothing is kept then."""
        if not policy.is_administrator(officer(request), national=True):
            raise PermissionDenied
        given = (request.POST, request.FILES) if request.method == "POST" else ()
        form, problems = RuleSetForm(*given), []
        if form.is_valid():
            content = form.cleaned_data.pop("file").read(rulesetfiles.MOST_BYTES + 1)
            about = rulesetfiles.About(**form.cleaned_data)
            try:
                rule_set = rulesetfiles.load(content=content, about=about, by=officer(request), at=timezone.now())
            except rulesetfiles.Refused as refused:
                problems = refused.problems
            else:
                messages.success(request, _("%(set)s is loaded. Drafts begun earlier keep theirs.") % {"set": rule_set})
                return redirect("admin:filings_ruleset_change", rule_set.pk)
        status = 422 if form.errors or problems else 200
        answer = page(
            request, "reviews/ruleset_load.html", title=_("Load a rule set"), form=form, problems=problems[:200],
            problem_count=len(problems), columns=rulesetfiles.COLUMNS, base=rulesets.current(on=timezone.localdate()),
        )  # fmt: skip
        answer.status_code = status
        return answer

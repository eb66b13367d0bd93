from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filings import annexes, annexresults, annexworking, attachments, contents, policy, rulesets
from filings.annex_forms import ColumnsForm
from filings.annexchecks import templates
from filings.annexchecks.columns import ANNEXES
from filings.dossier.facts import Facts
from filings.dossier.kinds import KINDS
from filings.models import AnnexCheck, FilingKind
from filings.views.procedure import find_procedure
from filings.views.requests import number

if TYPE_CHECKING:
    from filings.annexchecks.columns import Annex
    from filings.models import Procedure
    from filings.views.requests import PersonRequest

SECONDS = "3"
FORMS = {"xlsx": annexes.CHECKED_TYPES[0], "csv": "text/csv; charset=utf-8"}


def find(request: PersonRequest, pk: int) -> Procedure:
    """A procedure that has annexes; else 404."""
    procedure = find_procedure(request, pk)
    if procedure.filing.kind not in FilingKind.services or procedure.rule_set is None:
        raise Http404(str(pk))
    return procedure


def _annex(code: str) -> Annex:
    try:
        return ANNEXES[code]
    except KeyError:
        raise Http404(code) from None


def asked(procedure: Procedure) -> list[Annex]:
    """The annexes that the dossier asks for."""
    facts = Facts.read(procedure.filing.kind, procedure.dossier.content)
    form = KINDS[procedure.filing.kind].section(annexes.SECTION)(facts=facts)
    return [annex for code, annex in ANNEXES.items() if code in form.fields]


@require_GET
def annex_list(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = find(request, pk)
    content = procedure.dossier.content
    known, wanted = annexes.newest(procedure), annexes.wanted(procedure, content)
    rows: list[dict[str, Any]] = []
    for annex in asked(procedure):
        check, given = known.get(annex.code), wanted.get(annex.code)
        is_current = given is not None and check is not None and check.digest == annexes.digest(given)
        files = content.get(annexes.SECTION, {}).get(annex.code) or []
        state = annexresults.state(check, is_current=is_current) if given else None
        rows.append({"annex": annex, "check": check if given else None, "state": state, "files": files})
    answer = render(
        request,
        "filings/annex_list.html",
        {
            "procedure": procedure,
            "rows": rows,
            "may_edit": policy.may_edit_dossier(request.user, procedure),
            "is_waiting": any(row["check"] and not row["check"].is_finished for row in rows),
        },
    )
    return _again_soon(answer, known.values())


def _again_soon(answer: HttpResponse, checks: Any) -> HttpResponse:
    """The page asks for itself again while a check runs; it may be left."""
    if any(not check.is_finished for check in checks):
        answer["Refresh"] = SECONDS
    return answer


@require_GET
def annex_detail(request: PersonRequest, pk: int, annex: str) -> HttpResponse:
    procedure = find(request, pk)
    return _detail(request, procedure, _annex(annex))


def _detail(
    request: PersonRequest, procedure: Procedure, annex: Annex, form: ColumnsForm | None = None
) -> HttpResponse:
    check = AnnexCheck.objects.filter(procedure=procedure, annex=annex.code).select_related("rule_set", "attachment")
    newest = check.order_by("-id").first()
    if newest is None:
        raise Http404(annex.code)
    wanted = annexes.wanted(procedure, procedure.dossier.content).get(annex.code)
    may_edit = policy.may_edit_dossier(request.user, procedure)
    is_current = wanted is not None and annexes.digest(wanted) == newest.digest
    context = {
        **annexresults.shown(newest, code=request.GET.get("kind", ""), after=number(request.GET.get("after", "")) or 0),
        "state": annexresults.state(newest, is_current=is_current),
        "procedure": procedure,
        "annex": annex,
        "path": f"{annexes.SECTION}.{annex.code}",
        "is_current": is_current,
        "may_edit": may_edit,
        "form": form or (_columns_form(procedure, annex, newest) if may_edit else None),
    }
    answer = render(request, "filings/annex_detail.html", context, status=422 if form else 200)
    return _again_soon(answer, [newest])


def _columns_form(procedure: Procedure, annex: Annex, check: AnnexCheck, data: Any = None) -> ColumnsForm | None:
    sheets = [sheet for sheet in check.result.get("sheets", []) if sheet["state"] in ("unmapped", "read")]
    if not sheets:
        return None
    headings = [heading for sheet in sheets for heading in sheet["written"]]
    known = sheets[0]["columns"] | annexes.columns_of(procedure.filing.entity_id).get(annex.code, {})
    return ColumnsForm(data, annex=annex, headings=headings, known=known)


@require_POST
def annex_columns(request: PersonRequest, pk: int, annex: str) -> HttpResponse:
    procedure, named = find(request, pk), _annex(annex)
    policy.require(policy.may_edit_dossier(request.user, procedure))
    check = AnnexCheck.objects.filter(procedure=procedure, annex=annex).order_by("-id").first()
    form = _columns_form(procedure, named, check, request.POST) if check else None
    if form is None:
        return redirect("filings:annex-list", pk=pk)
    if not form.is_valid():
        return _detail(request, procedure, named, form)
    annexes.name_columns(
        procedure=procedure,
        annex=annex,
        columns=form.cleaned_data,
        content=procedure.dossier.content,
        by=request.user,
        at=now(),
    )
    messages.info(request, _("The names of the columns are kept for your next files; the check begins anew."))
    return redirect("filings:annex-detail", pk=pk, annex=annex)


@require_POST
def annex_check(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = find(request, pk)
    policy.require(policy.may_edit_dossier(request.user, procedure))
    content = procedure.dossier.content
    again = "failed" not in request.POST  # a page of one that failed asks for that alone
    annexes.ask(procedure=procedure, content=content, by=request.user, at=now(), again=again)
    messages.info(request, _("The check begins. You may leave this page; it goes on by itself."))
    return redirect("filings:annex-list", pk=pk)


@require_GET
def annex_template(request: PersonRequest, annex: str, form: str) -> HttpResponse:
    named = _annex(annex)
    if form not in FORMS:
        raise Http404(form)
    made = io.BytesIO()
    if form == "xlsx":
        templates.write_xlsx(named, annexworking.rules_of(rulesets.current(on=localdate())), made)
    else:
        templates.write_csv(named, made)
    answer = HttpResponse(made.getvalue(), content_type=FORMS[form])
    answer["Content-Disposition"] = content_disposition_header(True, f"{named.sheet}.{form}") or "attachment"
    return answer


@require_GET
def annex_report(request: PersonRequest, pk: int) -> FileResponse:
    rows = AnnexCheck.objects.visible_to(request.user).select_related("procedure__filing__entity", "attachment")
    check = get_object_or_404(rows.exclude(report=""), pk=pk)
    filing, name = check.procedure.filing, annexworking.report_name(check)
    attachments.note_download(subject=name, entity=filing.entity, filing=filing, by=request.user, at=now())
    try:
        content = contents.open_content(check.report)
    except contents.ContentMissing as missing:
        raise Http404(str(pk)) from missing
    answer = FileResponse(content, content_type=FORMS["csv" if check.result.get("form") == "csv" else "xlsx"])
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filings import access, incidents, policy, rulesets
from filings.incident_forms import DraftForm, IncidentForm, MisuseForm, StartForm, WriteForm
from filings.lifecycle import FilingStanding
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import Filing, Matter, Misuse
from filings.transitions import TransitionNotAllowed
from filings.views import matter_pages
from filings.views.endings import try_with_files
from filings.views.entity import find_entity
from filings.views.matters import find_matter, matter_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from filings.models import Attachment
    from filings.views.requests import PersonRequest

MOST_CHOICES = 200


@require_http_methods(["GET", "POST"])
def start(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    entity = find_entity(request, pk)
    policy.require(policy.may_write_filings(request.user, entity))
    own = Filing.objects.filter(access.own(request.user, "entity", filing="pk"), entity=entity)
    rows = own.filter(standing=FilingStanding.REGISTERED).select_related("entity").order_by("-pk")
    filings = list(rows[:MOST_CHOICES])
    form = StartForm(request.POST if request.method == "POST" else None, filings=filings)
    if request.method == "POST" and form.is_valid():
        filing = next(each for each in filings if str(each.pk) == form.cleaned_data["filing"])
        matter = incidents.start(filing=filing, kind=kind, by=request.user, at=now())
        return redirect("filings:incident-draft", matter.pk)
    context = {"entity": entity, "form": form, "filings": filings, "is_misuse": kind == MatterKind.MISUSE}
    return render(request, "filings/incident_start.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, *incidents.KINDS)
    assert matter.entity is not None, "it is a filing's"
    policy.require(policy.may_write_filings(request.user, matter.entity))
    if matter.status != MatterStatus.DRAFT:
        if request.method == "POST":
            messages.warning(request, _("Meanwhile this was moved on. Nothing was changed."))
        return redirect("filings:matter-detail", pk)
    if request.method == "POST" and "drop" in request.POST:
        return _dropped(request, matter)
    form = _form(matter, request)
    if request.method == "POST" and form.is_valid() and _kept(request, matter, form):
        return redirect("filings:matter-detail" if "report" in request.POST else "filings:incident-draft", pk)
    context = {
        "matter": matter,
        "form": form,
        "files": list(incidents.of(matter).files.order_by("name")),
        "has_account": matter.kind == MatterKind.MISUSE and matter.misuse.account_id is not None,
        "is_misuse": matter.kind == MatterKind.MISUSE,
        "may_report": policy.may_edit_entity(request.user, matter.entity),
    }
    return render(request, "filings/incident_draft.html", context, status=422 if form.errors else 200)


def _form(matter: Matter, request: PersonRequest) -> DraftForm:
    row = incidents.of(matter)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {name: getattr(row, name) for name in incidents.FIELDS[matter.kind]}
    if isinstance(row, Misuse):
        return MisuseForm(data, files, initial=initial)
    risks = rulesets.risks(rulesets.current(on=localdate())).values()
    return IncidentForm(data, files, initial=initial, risks=risks)


def _kept(request: PersonRequest, matter: Matter, form: DraftForm) -> bool:
    assert matter.entity is not None, "it is a filing's"

    def keep(files: list[Attachment]) -> None:
        account = form.cleaned_data.get("account", "")
        incidents.save(
            matter=matter, values=form.given(), files=files, account=account, by=request.user, at=now()
        )  # fmt: skip

    if not try_with_files(request, form, matter.entity, matter.filing, keep):
        return False
    if "report" not in request.POST:
        messages.success(request, _("The draft was saved."))
        return True
    return _sent(request, matter, form)


def _sent(request: PersonRequest, matter: Matter, form: DraftForm) -> bool:
    """Send what was just kept; what is missing stands beside its field, and the draft stays kept."""
    try:
        incidents.report(matter=matter, by=request.user, at=now())
    except ValidationError as refused:
        form.add_error(None, refused)
    except TransitionNotAllowed:
        form.add_error(None, _("Meanwhile this was moved on. Nothing was changed: open the page again."))
    else:
        messages.success(request, _("The report was sent to the authority."))
    return not form.errors


def _dropped(request: PersonRequest, matter: Matter) -> HttpResponse:
    try:
        incidents.drop(matter=matter, by=request.user, at=now())
    except TransitionNotAllowed:
        messages.warning(request, _("Meanwhile this was moved on. Nothing was changed."))
    else:
        messages.success(request, _("The draft was given up."))
    return redirect("filings:matter-list", matter.entity_id)


@require_POST
def write(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, *incidents.KINDS)
    assert matter.entity is not None, "it is a filing's"
    policy.require(policy.may_edit_entity(request.user, matter.entity))
    rules: dict[str, Callable[..., None]] = {
        "answer": incidents.answer,
        "follow_up": incidents.follow_up,
        "correction": incidents.show_correction,
    }
    rule = rules.get(request.POST.get("do", ""))
    if rule is None:
        raise PermissionDenied
    form = WriteForm(request.POST, request.FILES)
    if form.is_valid() and try_with_files(
        request, form, matter.entity, matter.filing,
        lambda files: rule(matter=matter, text=form.cleaned_data["text"], files=files, by=request.user, at=now()),
    ):  # fmt: skip
        messages.success(request, _("Sent to the authority. It stands as written."))
        return redirect("filings:matter-detail", pk)
    return matter_page(request, matter, status=422, form=form)


def of_report(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """What was reported, and what the provider may write now."""
    assert matter.entity is not None, "it is a filing's"
    row, is_open = incidents.of(matter), matter.closed_at is None
    may_write = is_open and policy.may_edit_entity(request.user, matter.entity)
    is_draft = matter.status == MatterStatus.DRAFT
    return {
        "report": row,
        "risks": incidents.risks(matter),
        "is_late": incidents.is_late(row),
        "does": _does(matter) if may_write and not is_draft else "",
        "form": WriteForm() if may_write and not is_draft else None,
        "may_draft": is_draft and policy.may_write_filings(request.user, matter.entity),
    }


def _does(matter: Matter) -> str:
    if matter.status in (MatterStatus.QUESTIONED, MatterStatus.ASKED):
        return "answer"
    return "correction" if matter.status == MatterStatus.CORRECTING else "follow_up"


matter_pages.CONTEXT[MatterKind.INCIDENT] = of_report
matter_pages.CONTEXT[MatterKind.MISUSE] = of_report

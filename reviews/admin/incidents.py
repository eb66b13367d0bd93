"""Incident reports on the desk: the part of the matter's page that is theirs, and its one action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings import incidents as reported
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.transitions import TransitionNotAllowed
from reviews import forms_incidents, incidents, matterdecisions
from reviews.admin import matter as matters
from reviews.admin.site import act, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from filings.models import Matter
    from reviews.admin.access import OfficerRequest

S = MatterStatus


def _does(matter: Matter) -> list[tuple[str, str]]:
    """What may be done from where the matter stands, the usual step first."""
    ask, close = ("ask", _("Ask the provider")), ("close", _("Close"))
    steps: dict[tuple[str, str], list[tuple[str, str]]] = {
        (MatterKind.INCIDENT, S.REPORTED): [("acknowledge", _("Acknowledge the report")), ask],
        (MatterKind.INCIDENT, S.SHOWN): [close, ("ask_more", _("Ask for more"))],
        (MatterKind.MISUSE, S.REPORTED): [("forward", _("Forward to the authority chosen")), ask, close],
        (MatterKind.MISUSE, S.FORWARDED): [
            close,
            ask,
            ("forward", _("Forward on to the authority chosen")),
            ("hand_back", _("Hand back: not our remit")),
        ],
    }
    if matter.status in incidents.WITH_PROVIDER and incidents.is_overdue(matter, timezone.now()):
        return [("close", _("Close without an answer"))]
    return steps.get((matter.kind, matter.status), [])


def _may_deal(request: OfficerRequest, matter: Matter) -> bool:
    try:
        matterdecisions.require_officer(request.user, matter, *matterdecisions.PROPOSERS)
    except PermissionDenied:
        return False
    return True


def _form(matter: Matter, data: Any = None) -> forms_incidents.DealForm:
    codes = {code for code, _text in _does(matter)}
    competent = incidents.competent(matter) if "forward" in codes else None
    return forms_incidents.DealForm(data, competent=competent, asks=bool(codes & {"ask", "ask_more", "acknowledge"}))


def of_report(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    """What was reported, and what this officer may do with it now."""
    row, may_deal = reported.of(matter), _may_deal(request, matter)
    account = row.account if matter.kind == MatterKind.MISUSE else None  # type: ignore[union-attr]  # by its kind
    return {
        "report": row,
        "risks": reported.risks(matter),
        "is_late": reported.is_late(row),
        "does": _does(matter) if may_deal else [],
        "form": _form(matter),
        "may_reveal": may_deal and account is not None and account.erased_at is None,
    }


@require_POST
def deal(request: OfficerRequest, pk: int) -> HttpResponse:
    matter = matters.visible(request, pk)
    if matter.kind not in reported.KINDS or not _may_deal(request, matter):
        raise PermissionDenied
    by, at, do = request.user, timezone.now(), request.POST.get("do", "")
    if do == "reveal":
        return _reveal(request, matter)
    form = _form(matter, request.POST)
    if not form.is_valid():
        return page(request, "reviews/matter.html", **{**matters.context(request, matter), "form": form})
    said, due_on, to = form.cleaned_data["text"], form.cleaned_data.get("due_on"), form.cleaned_data.get("to")
    rules: dict[str, Callable[[], object]] = {
        "ask": lambda: incidents.ask(matter=matter, text=said, due_on=due_on, by=by, at=at),
        "acknowledge": lambda: incidents.acknowledge(matter=matter, text=said, due_on=due_on, by=by, at=at),
        "ask_more": lambda: incidents.ask_more(matter=matter, text=said, due_on=due_on, by=by, at=at),
        "close": lambda: incidents.close(matter=matter, text=said, by=by, at=at),
        "forward": lambda: incidents.forward(matter=matter, to=to, text=said, by=by, at=at),
        "hand_back": lambda: incidents.hand_back(matter=matter, text=said, by=by, at=at),
    }
    if do not in rules:
        raise PermissionDenied
    # Who handed it back sees it no more.
    back = reverse("admin:filings_matter_changelist") if do == "hand_back" else matters.back_to(matter)
    return act(request, rules[do], said=_("Done. The provider is told."), back=back)


def _reveal(request: OfficerRequest, matter: Matter) -> HttpResponse:
    """On the page itself, in no message and no address: those are kept elsewhere."""
    try:
        account = incidents.reveal_account(matter=matter, by=request.user, at=timezone.now())
    except TransitionNotAllowed:
        messages.warning(request, _("No reference is kept."))
        return redirect(matters.back_to(matter))
    return page(request, "reviews/matter.html", **{**matters.context(request, matter), "account": account})


def _urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [path("<int:pk>/incident/", wrap(deal), name=f"{name}_incident")]


for kind in reported.KINDS:
    matters.PAGES[kind] = of_report
matters.URLS[MatterKind.INCIDENT] = _urls

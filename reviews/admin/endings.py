"""What the authority does after the number: orders, hearings, and what two people sign of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filings import orders as issued
from filings.lifecycle import FilingStanding
from filings.matter_lifecycle import MatterKind
from filings.models import Filing, Hearing, Matter, Order
from filings.transitions import TransitionNotAllowed
from reviews import consequences, endings, forms_endings, orders, policy, signing
from reviews.admin import matter as matters
from reviews.admin.site import act, page
from reviews.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from filings.models import Authority
    from reviews.admin.access import OfficerRequest
    from reviews.forms_endings import ChargeForm, OrderForm

PAGE = 50
SIGNED = ("procedure__filing__entity", "procedure__hearing", "proposed_by", "sent_back_by", "authority")
# What an officer is told once an act on an order, or in a hearing, is done.
ORDERED = {
    "propose": gettext_lazy("Proposed. The order is told to the provider once somebody else has signed it."),
    "drop": gettext_lazy("The draft is given up; it was told to nobody."),
    "fulfil": gettext_lazy("The order is closed as fulfilled, and the provider is told so."),
    "not_met": gettext_lazy("The provider is told what is missing; it is its turn again."),
    "lift": gettext_lazy("Proposed. The order stays in force until somebody else has signed."),
}
HEARD = {
    "invite": gettext_lazy("The provider is told day and place."),
    "minute": gettext_lazy("The minutes are kept; the provider reads them."),
    "propose": gettext_lazy("Proposed. The filing stays registered until somebody else has signed."),
    "abandon": gettext_lazy("Given up: the filing stays registered, and the provider is told why."),
}


def urls(wrap: Callable[..., Any]) -> list[Any]:
    return [
        path("registered/", wrap(registered), name="desk-registered"),
        path("registered/<int:pk>/", wrap(filing_page), name="desk-registered-detail"),
        path("orders/<int:pk>/", wrap(order_page), name="desk-order"),
        path("hearings/<int:pk>/", wrap(hearing_page), name="desk-hearing"),
        path("endings/<int:pk>/sign/", wrap(sign), name="desk-ending-sign"),
    ]


def _filings(request: OfficerRequest) -> Any:
    rows = policy.desk_filings(request.user).filter(standing__in=FilingStanding.numbered)
    return rows.select_related("entity")


def registered(request: OfficerRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = _filings(request)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(name__icontains=text) | Q(entity__name__icontains=text))
    return page(
        request,
        "reviews/registered.html",
        title=_("What is registered"),
        filings=rows.order_by("-pk")[:PAGE],
        text=text,
    )


def _authority(request: OfficerRequest, filing: Filing) -> Authority:
    """The officer's most specific authority over the filing, where it may draft."""
    posting = policy.posting_over(request.user, filing.region_code, *endings.PROPOSERS)
    if posting is None:
        raise PermissionDenied
    return posting.authority


def filing_page(request: OfficerRequest, pk: int) -> HttpResponse:
    filing = get_object_or_404(_filings(request), pk=pk)
    may_draft = policy.posting_over(request.user, filing.region_code, *endings.PROPOSERS) is not None
    order = forms_endings.OrderForm(request.POST if "order" in request.POST else None, auto_id="order-%s")
    charge = forms_endings.ChargeForm(request.POST if "charge" in request.POST else None, auto_id="charge-%s")
    if (answer := _drafted(request, filing, order, charge)) is not None:
        return answer
    seen = policy.desk_matters(request.user).filter(filing=filing)
    return page(
        request, "reviews/registered_filing.html", title=filing.name, filing=filing,
        forms={"order": order, "charge": charge} if may_draft and filing.standing == FilingStanding.REGISTERED else {},
        orders=Order.objects.filter(matter__in=seen).select_related("matter").order_by("-pk")[:PAGE],
        record=issued.issued(entity=filing.entity)[:PAGE],
        hearings=Hearing.objects.filter(procedure__filing=filing).select_related("procedure").order_by("-pk"),
    )  # fmt: skip


def _drafted(request: OfficerRequest, filing: Filing, order: OrderForm, charge: ChargeForm) -> HttpResponse | None:
    """Where the form that was sent led; None if there was none, or when the page has to say what is wrong in it."""
    by, at = request.user, timezone.now()
    try:
        if order.is_bound and order.is_valid():
            made = orders.draft(
                terms=order.terms(), filing=filing, authority=_authority(request, filing), by=by, at=at
            )  # fmt: skip
            messages.success(
                request, _("The order is drafted, and told to nobody yet. Propose it for signature below.")
            )
            return redirect("admin:desk-order", made.matter_id)
        if charge.is_bound and charge.is_valid():
            opened = endings.open_hearing(
                filing=filing, charge=charge.charge(), authority=_authority(request, filing), by=by, at=at
            )
            messages.success(request, _("Opened. The provider is told of facts, evidence and its right to be heard."))
            return redirect("admin:desk-hearing", opened.pk)
    except ValidationError as refused:
        (order if order.is_bound else charge).add_error(None, refused)
    except TransitionNotAllowed:
        messages.warning(request, _("Meanwhile this was moved on by somebody else. Nothing was changed."))
    return None


def order_page(request: OfficerRequest, pk: int) -> HttpResponse:
    rows = Order.objects.filter(matter__in=policy.desk_matters(request.user))
    order = get_object_or_404(rows.select_related("matter__filing", "matter__authority"), matter=pk)
    if request.method == "POST":
        given, by, at = request.POST, request.user, timezone.now()
        text = given.get("text", "")
        rules: dict[str, Callable[[], object]] = {
            "propose": lambda: orders.propose(order=order, reasons=text, by=by, at=at),
            "drop": lambda: orders.drop(order=order, by=by, at=at),
            "fulfil": lambda: orders.fulfil(order=order, reasons=text, by=by, at=at),
            "not_met": lambda: orders.not_met(order=order, reasons=text, by=by, at=at),
            "lift": lambda: orders.propose_lift(order=order, reasons=text, by=by, at=at),
        }
        rule = rules.get(given.get("do", ""))
        if rule is None:
            raise PermissionDenied
        return act(request, rule, said=str(ORDERED[given["do"]]), back=reverse("admin:desk-order", args=[pk]))
    posts = order.matter.posts.prefetch_related("attachments").order_by("pk")
    return page(
        request, "reviews/order.html", title=str(order), order=order, matter=order.matter, posts=posts,
        proposals=order.matter.proposals.select_related("proposed_by").order_by("-pk"),
    )  # fmt: skip


def hearing_page(request: OfficerRequest, pk: int) -> HttpResponse:
    rows = Hearing.objects.filter(procedure__filing__in=_filings(request))
    hearing = get_object_or_404(rows.select_related("procedure__filing__entity", "authority"), procedure=pk)
    form = forms_endings.InviteForm(request.POST if request.POST.get("do") == "invite" else None)
    if request.method == "POST":
        by, at, text = request.user, timezone.now(), request.POST.get("text", "")
        rules: dict[str, Callable[[], object]] = {
            "minute": lambda: endings.minute(hearing=hearing, minutes=text, by=by, at=at),
            "propose": lambda: endings.propose(procedure=hearing.procedure, reasons=text, by=by, at=at),
            "abandon": lambda: endings.abandon(procedure=hearing.procedure, reasons=text, by=by, at=at),
        }
        if form.is_bound and form.is_valid():
            rules["invite"] = lambda: endings.invite(hearing=hearing, by=by, at=at, **form.cleaned_data)
        rule = rules.get(request.POST.get("do", ""))
        if rule is not None:
            return act(
                request, rule, said=str(HEARD[request.POST["do"]]), back=reverse("admin:desk-hearing", args=[pk])
            )
        if not form.is_bound:
            raise PermissionDenied
    return page(
        request, "reviews/hearing.html", title=str(hearing.procedure), hearing=hearing, procedure=hearing.procedure,
        filing=hearing.procedure.filing, form=form, is_heard=endings.is_heard(hearing, on=timezone.localdate()),
        proposals=hearing.procedure.proposals.select_related("proposed_by").order_by("-pk"),
    )  # fmt: skip


def sign(request: OfficerRequest, pk: int) -> HttpResponse:
    seen = Proposal.objects.filter(procedure__filing__in=_filings(request), task__isnull=True)
    proposal = get_object_or_404(seen.select_related(*SIGNED), pk=pk)
    assert proposal.procedure is not None, "selected by it"
    if request.method == "POST":
        by, at, reason = request.user, timezone.now(), request.POST.get("reason", "")
        if "send_back" in request.POST:
            return act(
                request, lambda: endings.send_back(proposal=proposal, reason=reason, by=by, at=at),
                said=_("The proposal went back to the reviewer."), back=request.path,
            )  # fmt: skip
        return act(
            request, lambda: signing.sign(proposal=proposal, by=by, at=at),
            said=_("Signed. What the page announced has been done."), back=request.path,
        )  # fmt: skip
    is_pending = proposal.status == Proposal.Status.PENDING
    return page(
        request, "reviews/ending_sign.html", title=_("Sign or send back"), proposal=proposal,
        procedure=proposal.procedure, may_sign=policy.may_sign(request.user, proposal),
        consequences=consequences.of_ending(proposal.procedure) if is_pending else [],
        is_own=is_pending and proposal.proposed_by_id == request.user.pk,
    )  # fmt: skip


def _of_order(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    return {"order": matter.order}


matters.PAGES[MatterKind.ORDER] = _of_order
matters.SIGNING[MatterKind.ORDER] = matters.Signing(orders.sign, orders.send_back, consequences.of_order)

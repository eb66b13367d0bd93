"""The page on which an officer confirms of which filings inspections for cause are opened, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from filings import inspections
from filings.models import InspectionMode
from filings.views.requests import number
from reviews import candidates
from reviews.admin.review import require
from reviews.admin.site import page
from reviews.forms_inspection import ChosenForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from filings.models import Filing
    from reviews.admin.access import OfficerRequest


@dataclass(frozen=True, slots=True)
class Offer:
    """Which filings, for which cause, under which authorities, and where the officer came from."""

    filings: QuerySet[Filing]
    cause: str
    reason: str
    authorities: list[int]
    back: str
    origin: str
    unseen: int = 0


def answer(request: OfficerRequest, offer: Offer) -> HttpResponse:
    """List what is offered; when confirmed, open them and say what became of each."""
    require(bool(offer.authorities))
    listed = candidates.listed(offer.filings, offer.authorities, after=number(request.GET.get("after", "")) or 0)
    address = request.GET.copy()
    address["after"] = str(listed.after or "")
    more = f"{request.path}?{address.urlencode()}" if listed.after else ""
    form = ChosenForm(request.POST or None, authorities=offer.authorities, initial={"reason": offer.reason})
    if request.method == "POST" and form.is_valid():
        lines = _open(request, offer, form)
        if lines is not None:
            return page(
                request, "reviews/inspections_opened.html", title=_("Inspections opened"), lines=lines, more=more,
                back=offer.back, origin=offer.origin,
            )  # fmt: skip
    ticked = form.keys() if form.is_bound else {row.filing.pk for row in listed.rows}
    return page(
        request, "reviews/inspections_confirm.html", title=_("Open inspections"), form=form, listed=listed,
        ticked=ticked, more=more, back=offer.back, origin=offer.origin, unseen=offer.unseen,
        openable=sum(row.matter is None for row in listed.rows),
    )  # fmt: skip


def _open(request: OfficerRequest, offer: Offer, form: ChosenForm) -> list[inspections.Opened] | None:
    """What became of the chosen ones; None with the reason on the form if nothing was tried."""
    given = form.cleaned_data
    chosen = list(offer.filings.filter(pk__in=given["filings"]).order_by("pk"))
    if len(chosen) < len(given["filings"]):
        form.add_error("filings", _("Choose among the filings that are listed."))
        return None
    grounds = inspections.Grounds(InspectionMode.CAUSE, given["reason"], offer.cause)
    try:
        return inspections.open_inspections(
            chosen, given["authority"], grounds=grounds, due_on=given["due_on"], by=request.user, at=timezone.now()
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return None

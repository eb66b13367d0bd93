"""Where a provider says that it shows its number, for whoever inspects that (ARP 26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filings import displays
from filings.access import posted_as
from reviews import policy
from reviews.admin.review import require
from reviews.admin.site import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.admin.access import OfficerRequest


@require_GET
def number_shown(request: OfficerRequest, pk: int) -> HttpResponse:
    require(bool(posted_as(request.user, *policy.READS_QUEUE)))
    seen = policy.desk_filings(request.user).filter(number__isnull=False)
    filing = get_object_or_404(seen.select_related("entity"), pk=pk)
    return page(
        request, "reviews/number_shown.html", title=_("Where the number is shown"), filing=filing,
        displays=displays.seen_by(request.user, filing),
    )  # fmt: skip

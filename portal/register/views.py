import hashlib
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from filings import displays, inspections, numbers, orders
from filings.models import RegisterEntry
from filings.models.register import LONGEST_NUMBER
from filings.register import split_products
from filings.verification import verify
from portal.register import facets, queries
from portal.register.queries import Criteria

BADGE_SECONDS = 600  # how late a badge elsewhere may learn that a filing ended


@login_not_required
@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    criteria = Criteria.read(request.GET)
    try:
        page = queries.page(criteria, cursor=request.GET.get("after", ""))
    except queries.MalformedCursor:
        return redirect(_address(criteria))
    counts = queries.counts(criteria)
    context = {
        "criteria": criteria,
        "entries": page.entries,
        "counts": counts,
        "facets": facets.offered(criteria, counts, this_year=timezone.localdate().year),
        "lists_to": queries.newest_list_months(),
        "pages": {
            "first_url": _address(criteria) if "after" in request.GET else "",
            "next_url": _address(criteria, after=page.next_cursor) if page.next_cursor else "",
        },
    }
    part = "#results" if getattr(request, "htmx", False) else ""
    return render(request, f"portal/register/register_list.html{part}", context)


@login_not_required
@require_safe
def entry_detail(request: HttpRequest, number: str) -> HttpResponse:
    entry = (
        RegisterEntry.objects.without_search_columns().filter(number_key=numbers.key(number)[:LONGEST_NUMBER]).first()
    )
    if entry is None:
        raise Http404
    if entry.number != number:
        return redirect("register:entry-detail", number=entry.number, permanent=True)
    context = {
        "entry": entry,
        "products": split_products(entry.products),
        "suspensions": list(orders.suspensions(entry.filing_id)) if entry.filing_id else [],
        "inspections": list(inspections.published(entry.filing_id)) if entry.filing_id else [],
        "others": queries.same_entity(entry),
        "history": [facets.told(statement, entry.kind) for statement in queries.history(entry)],
    }
    return render(request, "portal/register/entry_detail.html", context)


@login_not_required
@require_safe
def verify_number(request: HttpRequest, number: str = "") -> HttpResponse:
    asked = request.GET.get("number", "").strip()
    if asked:
        return redirect("register:verify-number", number=numbers.clean(asked)[:200].replace("/", "-") or "-")
    if not number:
        return render(request, "portal/register/verify.html", {"lists_to": queries.newest_list_months()})
    verification = verify(number.replace("\x00", ""), on=timezone.localdate())
    context = {"number": number, "verification": verification}
    return render(request, "portal/register/verify.html", context)


@login_not_required
@require_safe
@cache_control(public=True, max_age=BADGE_SECONDS)
def badge(request: HttpRequest, number: str) -> HttpResponse:
    return _drawn(request, displays.badge(_entry(number)).encode())


@login_not_required
@require_safe
@cache_control(public=True, max_age=BADGE_SECONDS)
def qr(request: HttpRequest, number: str) -> HttpResponse:
    return _drawn(request, displays.code(_entry(number)))


def _entry(number: str) -> RegisterEntry:
    rows = RegisterEntry.objects.without_search_columns()
    return get_object_or_404(rows, number_key=numbers.key(number.replace("\x00", ""))[:LONGEST_NUMBER])


def _drawn(request: HttpRequest, picture: bytes) -> HttpResponse:
    """A picture that other sites show: small, the same for everybody, asked for again by its tag."""
    etag = f'"{hashlib.sha256(picture).hexdigest()[:32]}"'
    answer = HttpResponse(picture, content_type="image/svg+xml")
    answer["ETag"], answer["Cross-Origin-Resource-Policy"] = etag, "cross-origin"
    answer["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=answer) or answer


class RecentEntries(Feed):  # type: ignore[type-arg]  # generic in the stubs only
    """The newest entries as Atom, for readers and watchers."""

    login_required = False  # what LoginRequiredMiddleware asks a view that is no function
    feed_type = Atom1Feed
    title = _("Newly published filings")
    subtitle = _("Filed algorithms and services in the order they were published. Filing is not approval.")
    link = reverse_lazy("register:list")

    def items(self) -> list[RegisterEntry]:
        return queries.page(Criteria(), size=50).entries

    def item_title(self, item: RegisterEntry) -> str:
        return f"{item.name} · {item.entity_name}"

    def item_description(self, item: RegisterEntry) -> str:
        return f"{item.number} · {item.get_standing_display()}"

    def item_link(self, item: RegisterEntry) -> str:
        return reverse("register:entry-detail", args=[item.number])


def _address(criteria: Criteria, **extra: str) -> str:
    query = urlencode(criteria.as_query() | extra)
    return reverse("register:list") + (f"?{query}" if query else "")

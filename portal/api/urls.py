"""The public read API of the register. No sign-in: app stores must check filings (DSP 13)."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI, Query, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from filings import datasets, numbers, orders
from filings.models import DataClass, DataGrade, FilingKind, Order, RegisterEntry
from filings.models.register import LONGEST_NUMBER
from filings.register import split_products
from filings.verification import verify
from portal.api import datasets as offered
from portal.api import schema
from portal.register import queries
from portal.templatetags.ui import NO_ENDORSEMENT

api = NinjaAPI(
    title="Register of filed algorithms and services",
    version="1",
    description="Read-only. Filing is not approval: nothing here is endorsed by the authority.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)


def in_language_of_header(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the language that the request's header asks for, whatever a browser's cookie says.

    The answers are for shared caches, which keep one copy a language (``Vary: Accept-Language``).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = _language(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response["Content-Language"] = language
        return response

    return answer


def _language(header: str) -> str:
    for wanted, _weight in parse_accept_lang_header(header):
        try:
            return translation.get_supported_language_variant(wanted)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)


public: Callable[[Any], Any] = decorate_view(
    cache_control(public=True, max_age=60), conditional_page, in_language_of_header
)


class Search(Schema):
    q: Annotated[str, Field(max_length=100)] = ""
    track: Annotated[str, Field(pattern=f"^({'|'.join(FilingKind.values)})?$", description="Kind of filing")] = ""
    algorithm_class: Annotated[str, Field(alias="class", pattern=r"^(0[1-6])?$")] = ""
    role: Annotated[str, Field(pattern="^(provider|supporter)?$")] = ""
    region: Annotated[
        str, Field(pattern=r"^(\d\d)?$", description="First two digits of GB/T 2260; 00 central enterprises")
    ] = ""
    year: Annotated[str, Field(pattern=r"^(20\d\d)?$")] = ""
    field: Annotated[str, Field(max_length=60)] = ""
    standing: Annotated[str, Field(pattern="^(registered|cancelled|revoked)?$")] = ""
    after: Annotated[str, Field(max_length=200, description="From `next` of the page before")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 25


@api.get("/register", response={200: schema.EntryPage, 400: schema.Problem}, url_name="register-list")
@public
def register_list(request: HttpRequest, search: Query[Search]) -> Any:
    """Search the register: any part of a name, entity, product or number."""
    asked = {key: str(value) for key, value in search.model_dump(by_alias=True).items() if value}
    criteria = queries.Criteria.read(asked)
    try:
        page = queries.page(criteria, cursor=search.after, size=search.limit)
    except queries.MalformedCursor:
        return Status(400, {"detail": "`after` is no cursor of this register"})
    counts, months = queries.counts(criteria), queries.newest_list_months()
    following = urlencode(criteria.as_query() | {"limit": search.limit, "after": page.next_cursor})
    return {
        "entries": [summary(entry) for entry in page.entries],
        "next": f"{_absolute('api:register-list')}?{following}" if page.next_cursor else None,
        "total": min(counts.total, queries.COUNT_CAP),
        "total_is_capped": counts.is_capped,
        "lists_to": months.algorithms,
        "service_lists_to": months.services,
        "notice": str(NO_ENDORSEMENT),
    }


@api.get("/register/{number}", response={200: schema.Entry, 404: schema.Problem}, url_name="register-entry")
@public
def register_entry(request: HttpRequest, number: str) -> Any:
    """One entry by its number exactly as published, with its history."""
    entries = RegisterEntry.objects.without_search_columns()
    entry = entries.filter(number_key=numbers.key(number)[:LONGEST_NUMBER]).first()
    if entry is None:
        return Status(404, {"detail": "not in this register; see /api/verify/ for what that means"})
    return detail(entry)


@api.get("/verify/{number}", response=schema.VerificationAnswer, url_name="verify")
@public
def verify_number(request: HttpRequest, number: str) -> Any:
    """What this register knows of a quoted number. Always 200; `answer` tells."""
    found = verify(number.replace("\x00", ""), on=timezone.localdate())
    return {
        "answer": found.answer,
        "number": found.parsed.text,
        "entries": [summary(entry) for entry in found.entries],
        "near": [summary(entry) for entry in found.near],
        "complete_to": found.complete_to,
        "issued_on": found.issued_on,
        "publish_on": found.publish_on,
        "blocks": [{"block": block.code, "text": block.text, "problem": str(block.problem)} for block in found.blocks],
        "notice": str(NO_ENDORSEMENT),
    }


class SearchOfDatasets(Schema):
    q: Annotated[str, Field(max_length=100)] = ""
    grade: Annotated[str, Field(pattern=f"^({'|'.join(DataGrade.values)})?$")] = ""
    data_class: Annotated[str, Field(alias="class", pattern=f"^({'|'.join(DataClass.values)})?$")] = ""
    before: Annotated[int | None, Field(ge=1, le=2**62, description="From `next` of the page before")] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 25


@api.get("/data-sets", response=offered.OfferedPage, url_name="dataset-list")
@public
def dataset_list(request: HttpRequest, search: Query[SearchOfDatasets]) -> Any:
    """The catalogue of data sets that public bodies offer, newest first."""
    text = search.q.replace("\x00", "")
    rows = datasets.search(text, grade=search.grade, data_class=search.data_class, before=search.before)
    found = list(rows[: search.limit + 1])
    shown, following = found[: search.limit], None
    if len(found) > search.limit:
        kept = {"q": text, "grade": search.grade, "class": search.data_class}
        asked = {key: value for key, value in kept.items() if value}
        last = {"limit": search.limit, "before": shown[-1].matter_id}
        following = f"{_absolute('api:dataset-list')}?{urlencode(asked | last)}"
    return {"datasets": [offered.told(each) for each in shown], "next": following}


@api.get("/data-sets/{reference}", response={200: offered.Offered, 404: schema.Problem}, url_name="dataset-detail")
@public
def dataset_detail(request: HttpRequest, reference: str) -> Any:
    """One entry of the catalogue by its number."""
    dataset = datasets.published().filter(matter__reference=reference.replace("\x00", "")[:40]).first()
    if dataset is None:
        return Status(404, {"detail": "not in the catalogue of data sets"})
    return offered.told(dataset)


@login_not_required
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of this API (OpenAPI 3)."""
    root = reverse("api:openapi").removesuffix("openapi.json")
    return api.create_response(request, api.get_openapi_schema(path_prefix=root), status=200)


def summary(entry: RegisterEntry) -> dict[str, Any]:
    """The public columns of an entry that lists show."""
    return {
        "number": entry.number, "number_state": entry.number_state, "name": entry.name,
        "entity": entry.entity_name, "track": entry.kind, "algorithm_class": entry.algorithm_class,
        "class_label": entry.class_label, "role": entry.role, "standing": entry.standing,
        "suspended": entry.suspended, "published_on": entry.published_on,
        "url": _absolute("register:entry-detail", entry.number),
    }  # fmt: skip


def detail(entry: RegisterEntry) -> dict[str, Any]:
    """All that is published of an entry."""
    texts = ("principle", "mechanism", "scenario", "intent", "own_page")
    return summary(entry) | {key: entry.content.get(key, "") for key in texts} | {
        "region_code": entry.region_code, "year": entry.year, "main_use": entry.main_use,
        "products": split_products(entry.products), "fields": entry.fields,
        "place": entry.content.get("place_label", ""), "number_day": entry.number_day,
        "filed_as_printed": entry.content.get("day_label", ""),
        "issued_on": entry.issued_on, "from_list": entry.is_from_list,
        "versions": [_version(statement) for statement in reversed(queries.history(entry))],
        "suspensions": [_suspension(each) for each in orders.suspensions(entry.filing_id)] if entry.filing_id else [],
        "notice": str(NO_ENDORSEMENT),
    }  # fmt: skip


def _suspension(order: Order) -> dict[str, Any]:
    assert order.issued_at is not None and order.matter.authority is not None, "it was issued by somebody"  # noqa: PT018
    return {
        "kind": order.kind, "since": timezone.localdate(order.issued_at),
        "lifted": timezone.localdate(order.lifted_at) if order.lifted_at else None,
        "articles": order.articles, "authority": order.matter.authority.name_zh,
    }  # fmt: skip


def _version(statement: queries.Statement) -> dict[str, Any]:
    version = statement.version
    return {
        "version": statement.place, "reason": version.reason, "valid_from": version.valid_from,
        "source": version.source_list.title if version.source_list else "",
        "row": version.source_row, "remark": version.content.get("remark", ""),
        "content": version.content, "digest": version.digest,
    }  # fmt: skip


def _absolute(name: str, *arguments: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=arguments)


def _without_sign_in() -> list[URLPattern]:
    """The API's addresses, each open to everybody."""
    described = cache_control(public=True, max_age=600)(conditional_page(in_language_of_header(openapi)))
    patterns = [path("openapi.json", described, name="openapi")]
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = login_not_required(pattern.callback)
            patterns.append(pattern)
    return patterns


app_name = "api"
urlpatterns = _without_sign_in()

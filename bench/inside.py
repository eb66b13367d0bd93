"""Looks at each page from inside, one request through Django's own test client: SQL statements and rows fetched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client

from bench import mass, words
from filings.models import RegisterEntry
from portal.models import User
from reviews.models import ReviewTask


@dataclass
class Seen:
    """Statements that went to PostgreSQL and the rows that came back."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    rows: int = 0

    def __call__(self, execute: Any, sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, parameters, many, context)
        self.statements.append((sql, parameters))
        if context["cursor"].description is not None:  # psycopg fetches every row of a client-side cursor here
            self.rows += max(context["cursor"].rowcount, 0)
        return answer

    def texts(self) -> list[str]:
        return sorted(sql for sql, _parameters in self.statements)


@contextmanager
def watching() -> Iterator[Seen]:
    seen = Seen()
    with connection.execute_wrapper(seen):
        yield seen


@dataclass
class Page:
    """One address that is measured, who asks for it, and what it is compared with."""

    name: str
    url: str
    person: int = 0
    bare: str = ""
    stock: str = ""


def pages() -> list[Page]:
    entry = RegisterEntry.objects.filter(entity=mass.MEASURED_ENTITY).earliest("pk")
    task = ReviewTask.objects.get(procedure=mass.MEASURED_FILING, status="claimed")
    dashboard = f"entities/{mass.MEASURED_ENTITY}/"
    return [
        Page("search, rare term", f"/register/?q={words.RARE}", bare=f"/bare/register/?q={words.RARE}"),
        Page("search, common term", f"/register/?q={words.COMMON}", bare=f"/bare/register/?q={words.COMMON}"),
        Page("search, no term", "/register/", bare="/bare/register/"),
        Page("register entry", f"/register/{entry.number}/", bare=f"/bare/register/{entry.number}/"),
        Page("verify", f"/verify/{entry.number}/", bare=f"/bare/verify/{entry.number}/"),
        Page("provider's dashboard", f"/{dashboard}", mass.PROVIDER, bare=f"/bare/{dashboard}"),
        Page("reviewer's queue", "/admin/reviews/reviewtask/", mass.REVIEWER, stock="/stock/reviews/reviewtask/"),
        Page(
            "review screen",
            f"/admin/reviews/reviewtask/{task.pk}/review/",
            mass.REVIEWER,
            stock=f"/stock/reviews/reviewtask/{task.pk}/change/",
        ),
    ]


def session(pk: int) -> str:
    """A signed-in session, made as signing in makes it."""
    user = User.objects.get(pk=pk)
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def cost(url: str, cookie: str) -> Seen:
    """What one warm request costs."""
    client = Client(HTTP_HOST="localhost")
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for _warm in range(2):
        client.get(url)
    with watching() as seen:
        answer = client.get(url)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    return seen


def look() -> dict[str, Any]:
    """The measured pages: addresses, cookies, and what one request of each costs."""
    cookies = {pk: session(pk) for pk in (mass.PROVIDER, mass.REVIEWER, mass.SUPERUSER)}
    told: dict[str, Any] = {"pages": []}
    for page in pages():
        row: dict[str, Any] = asdict(page) | {"cookie": cookies.get(page.person, "")}
        seen = cost(page.url, row["cookie"])
        row |= {"queries": len(seen.statements), "rows": seen.rows}
        if page.bare:
            bare = cost(page.bare, row["cookie"])
            row["bare_runs_the_same_sql"] = bare.texts() == seen.texts()
        if page.stock:
            row["stock_cookie"] = cookies[mass.SUPERUSER]
            stock = cost(page.stock, row["stock_cookie"])
            row |= {"stock_queries": len(stock.statements), "stock_rows": stock.rows}
        told["pages"].append(row)
    return told

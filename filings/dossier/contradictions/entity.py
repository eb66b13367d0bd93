"""Contradictions in the provider's profile."""

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from filings.dossier.contradictions.algorithm import read_day
from filings.dossier.contradictions.rule import LOOK, Clash, rule
from filings.dossier.facts import Facts


def _plain(name: object) -> str:
    text = unicodedata.normalize("NFKC", name) if isinstance(name, str) else ""
    return "".join(text.split()).casefold()


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


@rule("icp.holder", "ARP 24", of_entity=True)
def icp_holder_is_the_entity(facts: Facts) -> Iterator[Clash]:
    name = facts.text("basic.name")
    for row in facts.items("licences.icp"):
        if name and row.get("holder") and _plain(row["holder"]) != _plain(name):
            yield Clash(
                f"licences.icp[{row['key']}].holder",
                _(
                    "The ICP record belongs to “%(holder)s”, not to this entity. Move the record "
                    "to the entity, or name a site of its own."
                )
                % {"holder": row["holder"]},
                "basic.name",
            )


@rule("certificate.expired", "ARP 24", of_entity=True)
def licence_is_valid(facts: Facts) -> Iterator[Clash]:
    day = read_day(facts.answer("certificate.valid_until"))
    if facts.says("certificate.term", "fixed") and day and day < facts.today:
        yield Clash(
            "certificate.valid_until",
            _("The licence has expired. Upload the renewed one and its new date."),
            "certificate.scan",
        )


@rule("product.function", "ARP 24", of_entity=True)
def products_have_functions(facts: Facts) -> Iterator[Clash]:
    owners = {row.get("product") for row in facts.items("products.functions") if isinstance(row.get("product"), str)}
    for row in facts.items("products.products"):
        if row["key"] not in owners:
            yield Clash(
                f"products.products[{row['key']}].name",
                _("No function is named for this product. Add at least one with its way of access."),
                "products.functions",
            )


@rule("product.online", "ARP 24", of_entity=True)
def product_day_is_past(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("products.products"):
        day = read_day(row.get("online_on"))
        if row.get("status") == "live" and day and day > facts.today:
            yield Clash(
                f"products.products[{row['key']}].online_on",
                _("The product is said to be online, and the day lies ahead. Correct the day or the state."),
                f"products.products[{row['key']}].status",
            )


@rule("product.users", "ARP 23", of_entity=True)
def users_of_a_product_are_users_of_the_entity(facts: Facts) -> Iterator[Clash]:
    total = facts.answer("basic.monthly_active_users")
    for row in facts.items("products.products"):
        if isinstance(total, int) and _number(row.get("monthly_active_users")) > total:
            yield Clash(
                f"products.products[{row['key']}].monthly_active_users",
                _("This product has more monthly users than the entity as a whole. Correct one of the two numbers."),
                "basic.monthly_active_users",
            )


@rule("staffing.numbers", "ARP 7", of_entity=True)
def staff_numbers_agree(facts: Facts) -> Iterator[Clash]:
    total, full_time = facts.answer("staffing.total"), facts.answer("staffing.full_time")
    if isinstance(total, int) and _number(full_time) > total:
        yield Clash(
            "staffing.full_time",
            _("There are more full-time people than people. Correct one of the two numbers."),
            "staffing.total",
        )
    posts = facts.items("staffing.posts")
    if isinstance(total, int) and any(_number(row.get("staff")) > total for row in posts):
        yield Clash(
            "staffing.posts",
            _("A post has more people than the whole staff. Correct one of the two numbers."),
            "staffing.total",
        )


@rule("region.credit_code", "ARP 24", severity=LOOK, of_entity=True)
def credit_code_is_of_the_region(facts: Facts) -> Iterator[Clash]:
    code, region = facts.text("basic.credit_code"), facts.text("basic.region")
    if len(code) == 18 and len(region) == 6 and code[2:4] != region[:2] and code[2:4] != "10":
        yield Clash(
            "basic.region",
            _(
                "The credit code was issued in another province than the place of "
                "registration. That may be right after a move; check both."
            ),
            "basic.credit_code",
        )

"""Contradictions about names, dates, products, users and conclusions."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from filings.dossier.contradictions.rule import LOOK, Clash, rule
from filings.dossier.facts import Answers, Facts, chosen, every, of_class, of_kind, of_role

SYNTHESIS_PROVIDER = every(of_class("01"), of_role("provider"))
PROVIDER = of_role("provider")
PUBLIC_SPEECH = ("short_video", "live_video", "user_content", "messaging", "news_portal")


def read_day(value: object) -> date | None:
    """The day of a stored answer, if it is one."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def used_products(facts: Facts) -> Iterator[tuple[str, Answers]]:
    """The path of each use, with the product it names."""
    products = {row["key"]: row for row in facts.items("entity:products.products")}
    for row in facts.items("usage.uses"):
        product = row.get("product")
        if isinstance(product, str) and product in products:
            yield f"usage.uses[{row['key']}]", products[product]


@rule("name.form", "ARP 24", severity=LOOK)
def name_ends_in_algorithm(facts: Facts) -> Iterator[Clash]:
    name = facts.text("algorithm.name")
    if name and not re.search(r"算法(-\d+)?$|algorithm", name, re.IGNORECASE):
        yield Clash(
            "algorithm.name",
            _("Names usually end in “算法”, with -1, -2 for siblings. Check that this is the name used everywhere."),
        )


@rule("date.online", "ARP 24")
def online_day_is_past(facts: Facts) -> Iterator[Clash]:
    day = read_day(facts.answer("algorithm.online_on"))
    if facts.says("algorithm.is_online", "yes") and day and day > facts.today:
        yield Clash(
            "algorithm.online_on",
            _(
                "The algorithm is said to be in service, and the day lies ahead. Correct the "
                "day, or choose “not yet in service”."
            ),
            "algorithm.is_online",
        )


@rule("date.planned", "ARP 24", severity=LOOK)
def planned_day_is_ahead(facts: Facts) -> Iterator[Clash]:
    day = read_day(facts.answer("algorithm.planned_on"))
    if facts.says("algorithm.is_online", "no") and day and day < facts.today:
        yield Clash(
            "algorithm.planned_on",
            _("The planned day has passed, and the algorithm is said not to be in service. Check both."),
            "algorithm.is_online",
        )


@rule("date.product", "ARP 24", when=PROVIDER)
def algorithm_in_service_has_a_live_product(facts: Facts) -> Iterator[Clash]:
    used = list(used_products(facts))
    if not facts.says("algorithm.is_online", "yes") or not used:
        return
    if all(product.get("status") == "not_live" for _path, product in used):
        yield Clash(
            "algorithm.online_on",
            _("The algorithm is said to be in service, and none of its products is online. Correct one of the two."),
            f"{used[0][0]}.product",
        )


@rule("date.before_product", "ARP 24", severity=LOOK, when=PROVIDER)
def algorithm_starts_with_its_product(facts: Facts) -> Iterator[Clash]:
    online = read_day(facts.answer("algorithm.online_on"))
    days = [read_day(product.get("online_on")) for _path, product in used_products(facts)]
    known = [day for day in days if day]
    if online and known and len(known) == len(days) and online < min(known):
        yield Clash(
            "algorithm.online_on",
            _("The algorithm is in service earlier than any product that uses it. Check the days."),
            "usage.uses",
        )


@rule("usage.function", "ARP 24", when=PROVIDER)
def functions_belong_to_the_product(facts: Facts) -> Iterator[Clash]:
    owner = {row["key"]: row.get("product") for row in facts.items("entity:products.functions")}
    for row in facts.items("usage.uses"):
        for key in chosen(row.get("functions")):
            if key in owner and owner[key] != row.get("product"):
                yield Clash(
                    f"usage.uses[{row['key']}].functions",
                    _("A function is ticked that belongs to another product. Tick functions of this product only."),
                    f"usage.uses[{row['key']}].product",
                )
                break


@rule("usage.twice", "ARP 24", severity=LOOK, when=PROVIDER)
def a_product_is_named_once(facts: Facts) -> Iterator[Clash]:
    seen: dict[object, str] = {}
    for row in facts.items("usage.uses"):
        product = str(row.get("product") or "")
        if product and product in seen:
            yield Clash(
                f"usage.uses[{row['key']}].product",
                _("The product has a row already. Join the two rows."),
                f"usage.uses[{seen[product]}].product",
            )
        seen.setdefault(product, row["key"])


@rule("usage.icp", "ARP 24", severity=LOOK, when=PROVIDER)
def sites_have_an_icp_record(facts: Facts) -> Iterator[Clash]:
    if facts.items("entity:licences.icp"):
        return
    for path, product in used_products(facts):
        if {"website", "app", "mini_program"} & set(chosen(product.get("forms_of_service"))):
            yield Clash(
                f"{path}.product",
                _(
                    "The product is a site, app or mini-program, and no ICP record stands in the "
                    "entity's profile. Add it there."
                ),
            )


@rule("usage.real_name", "DSP 9", severity=LOOK, when=SYNTHESIS_PROVIDER)
def users_have_a_verified_identity(facts: Facts) -> Iterator[Clash]:
    for path, product in used_products(facts):
        if product.get("real_name") == "no":
            yield Clash(
                f"{path}.product",
                _(
                    "Users of this product need no verified identity. Without it they may not be "
                    "given a publishing service; say under “Users' rights” how this is kept."
                ),
                "user_rights.other_rights",
            )


@rule("supporter.products", "DSP 23", severity=LOOK, when=of_role("supporter"))
def supporters_name_no_products(facts: Facts) -> Iterator[Clash]:
    if facts.items("usage.uses"):
        yield Clash(
            "algorithm.role",
            _(
                "The role is technical supporter, and products were named before. They are "
                "left out; if you serve users yourselves, file once more as provider."
            ),
            "technical_service.modes",
        )


@rule("publication.name", "ARP 16", severity=LOOK)
def publication_names_the_algorithm(facts: Facts) -> Iterator[Clash]:
    name, purpose = facts.text("algorithm.name"), facts.text("publication.purpose")
    if name and purpose and name not in purpose:
        yield Clash(
            "publication.purpose",
            _("The purpose to be published does not name the algorithm as it is filed. Use the same name."),
            "algorithm.name",
        )


@rule("users.minors", "ARP 18", "GAI 10", severity=LOOK, when=PROVIDER)
def groups_agree_about_minors(facts: Facts) -> Iterator[Clash]:
    groups = facts.text("introduction.user_groups")
    named = re.search(r"未成年|儿童|少年|中小学|中学生|小学生", groups)
    excluded = re.search(r"不(向|含|包含|包括|面向).{0,8}(未成年|儿童|少年)", groups)
    if named and not excluded and facts.says("minors.serves_minors", "no"):
        yield Clash(
            "minors.serves_minors",
            _(
                "The groups served seem to include minors, and minors are said not to be among "
                "the users. Correct one of the two."
            ),
            "introduction.user_groups",
        )


@rule("users.elderly", "ARP 19", severity=LOOK, when=PROVIDER)
def groups_agree_about_the_elderly(facts: Facts) -> Iterator[Clash]:
    if "老年" in facts.text("introduction.user_groups") and facts.says("elderly.serves_elderly", "no"):
        yield Clash(
            "elderly.serves_elderly",
            _(
                "The groups served name elderly people, and they are said not to be among the "
                "users. Correct one of the two."
            ),
            "introduction.user_groups",
        )


@rule("opinion.field", "SAE 2", "ARP 24", severity=LOOK)
def public_speech_has_opinion_attribute(facts: Facts) -> Iterator[Clash]:
    if facts.says("algorithm.application_fields", *PUBLIC_SPEECH) and facts.says(
        "security.has_opinion_attribute", "no"
    ):
        yield Clash(
            "security.has_opinion_attribute",
            _(
                "Services in the fields chosen usually give the public a channel to speak. "
                "Check the answer, and give the reason under “Other matters”."
            ),
            "algorithm.application_fields",
        )


@rule("opinion.assessment", "SAE 7", "ARP 27", "DSP 20")
def services_online_are_assessed(facts: Facts) -> Iterator[Clash]:
    if facts.says("algorithm.is_online", "yes") and facts.says("security.sae_state", "none"):
        yield Clash(
            "security.sae_state",
            _(
                "A service in operation that can shape opinion needs its security assessment. "
                "Begin it now, and report it on the national platform."
            ),
            "algorithm.is_online",
        )


@rule("conclusion.order", "ARP 24")
def days_of_the_assessment_are_in_order(facts: Facts) -> Iterator[Clash]:
    assessed = read_day(facts.answer("conclusion.assessed_on"))
    written = read_day(facts.answer("conclusion.written_on"))
    if assessed and written and written < assessed:
        yield Clash(
            "conclusion.written_on",
            _("The report is dated before the assessment. Correct one of the two days."),
            "conclusion.assessed_on",
        )
    for name, day in (("assessed_on", assessed), ("written_on", written)):
        if day and day > facts.today:
            yield Clash(
                f"conclusion.{name}",
                _("This day lies ahead. Write the day on which it was done."),
            )


@rule("conclusion.not_fit", "ARP 24", "ARP 7", when=of_kind("deep_synthesis", "recommendation"))
def an_unfit_algorithm_is_not_filed(facts: Facts) -> Iterator[Clash]:
    if facts.says("conclusion.conclusion", "not_fit"):
        yield Clash(
            "conclusion.conclusion",
            _(
                "An algorithm found not fit for service is not filed. Put right what the "
                "assessment found, then assess again."
            ),
            "algorithm.is_online",
        )


@rule("conclusion.truth", "ARP 33")
def truth_is_declared(facts: Facts) -> Iterator[Clash]:
    if facts.says("conclusion.declares_truth", "no"):
        yield Clash(
            "conclusion.declares_truth",
            _(
                "A dossier is filed only with the declaration that it is true, accurate and "
                "complete. Correct what is not."
            ),
        )


@rule("conclusion.fair", "ARP 14", "ARP 15")
def fair_use_is_declared(facts: Facts) -> Iterator[Clash]:
    if facts.says("measures.declarations", "no"):
        yield Clash(
            "measures.declarations",
            _(
                "False accounts or traffic, manipulated lists and unfair competition are "
                "forbidden. End them before filing."
            ),
        )

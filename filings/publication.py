"""From a decided submission to an entry of the public register.

What is published is an allow-list by field: an answer that is not named here reaches no
page, no API, no feed and no search. The list is ARP art. 16 and 24 and the columns of
the official lists; ARP art. 29 keeps everything else confidential.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from filings import events, numbers, register
from filings.dossier import paths
from filings.dossier.document import main_use
from filings.lifecycle import Actor
from filings.models.filing import AlgorithmClass, FilingKind, ProviderRole
from filings.models.register import RegisterEntry, RegisterVersion
from filings.submissions import document_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from filings.models import Filing, Submission
    from portal.models import User

type Reader = Callable[[str], Any]

# Every answer that may become public, by its path; `entity:` is the profile. Of repeated
# items the path names the field in each. The key says where in an entry it is shown.
PUBLIC_FIELDS: dict[str, str] = {
    "entity:basic.name": "entity_name",
    "algorithm.name": "name",
    "algorithm.algorithm_class": "class_label",
    "algorithm.role": "role_label",
    "algorithm.application_fields": "fields",
    "service.name": "name",
    "service.application_fields": "fields",
    "service.main_use": "main_use",
    "service.products": "products",
    "introduction.main_scene": "main_use",
    "introduction.main_basis": "main_use",
    "introduction.main_result": "main_use",
    "technical_service.customers": "main_use",
    "usage.uses.product": "products",
    "entity:products.products.name": "products",
    "entity:products.products.forms_of_service": "products",
    "publication.principle": "principle",
    "publication.mechanism": "mechanism",
    "publication.scene": "scenario",
    "publication.purpose": "intent",
    "publication.own_page": "own_page",
}
# As the official lists print them.
CLASS_WORDS = {code: label for label, code in register.CLASS_LABELS.items()}
ROLE_WORDS = {ProviderRole.PROVIDER: "服务提供者", ProviderRole.SUPPORTER: "服务技术支持者"}
FORM_WORDS = {
    "app": "APP",
    "website": "网站",
    "mini_program": "小程序",
    "public_account": "公众账号",
    "other": "其他",
}
# As the official lists remark it.
ENDED_WORDS = {RegisterVersion.Reason.CANCELLED: "已注销", RegisterVersion.Reason.REVOKED: "已撤销"}


def number_name(submission: Submission) -> str:
    """The name that the provider proposes for a service's number; the signature confirms it."""
    return str(paths.get(document_of(submission)["content"], "service.number_name") or "")


def number_for(*, filing: Filing, submission: Submission, at: dt.datetime) -> str:
    """Allocate the number of a filing about to be registered, in the form of its kind.

    In the transaction of the decision, so that a refused signature gives it back. Raises
    NumberNameTaken, NumberSpaceExhausted, ValueError on a malformed part.
    """
    if filing.kind in FilingKind.services:
        name = number_name(submission)
        return numbers.allocate_service(kind=filing.kind, region_code=filing.region_code, name=name, at=at)
    return numbers.allocate(
        entity=filing.entity, algorithm_class=filing.algorithm_class, region_code=filing.region_code, at=at
    )


@transaction.atomic
def publish(
    *,
    filing: Filing,
    submission: Submission,
    number: str,
    by: User | None,
    at: dt.datetime,
    issued_on: dt.date | None = None,
) -> RegisterEntry:
    """Put a registered filing into the register with its first version, and say so.

    In the transaction of the decision (Algorithm Provisions, art. 25), or later with its batch: then
    ``issued_on`` is the day of the decision. Of a service the place
    and the day of filing are told too, as the published lists do. Records
    ``register.published``. Raises IntegrityError if number or filing is published already.
    """
    entry = register.new_entry(number, prefixes=numbers.known_prefixes())
    entry.entity_id, entry.filing = filing.entity_id, filing
    entry.issued_on = issued_on or timezone.localdate(at)
    version = _version(entry, submission, RegisterVersion.Reason.REGISTERED, at=at)
    register.settle(entry, [version], kind=filing.kind)
    entry.save()
    version.entry = entry
    version.save()
    events.record(
        "register.published", side=Actor.SYSTEM, by=by, at=at, filing=filing,
        digest=submission.digest, data={"number": number, "entry": entry.pk},
    )  # fmt: skip
    return entry


def publish_change(*, filing: Filing, submission: Submission, by: User, at: dt.datetime) -> RegisterVersion:
    """Give the entry of a registered filing its next version; number and first day stay.

    In the transaction of the decision (Algorithm Provisions, art. 24 and 25). What the entry said
    before stays readable in its history. Records ``register.changed``.
    """
    entry = RegisterEntry.objects.select_for_update(of=("self",)).get(filing=filing)
    entry.filing, entry.entity_id = filing, filing.entity_id
    version = _version(entry, submission, RegisterVersion.Reason.CHANGED, at=at)
    known = list(entry.versions.select_related("source_list"))
    register.settle(entry, [*known, version], kind=filing.kind)
    entry.save()
    version.save()
    events.record(
        "register.changed", side=Actor.SYSTEM, by=by, at=at, filing=filing,
        digest=submission.digest, data={"number": entry.number, "entry": entry.pk},
    )  # fmt: skip
    return version


def _version(entry: RegisterEntry, submission: Submission, reason: str, *, at: dt.datetime) -> RegisterVersion:
    """What a decision says of the entry; unsaved."""
    document, filing = document_of(submission), entry.filing
    assert filing is not None, "only filings of ours are decided here"
    content = public_content(filing.kind, document["content"], document["entity"]["content"], number=entry.number)
    if filing.kind in FilingKind.services:
        assert entry.issued_on is not None, "known since the number was given"
        place = numbers.PLACES.get(filing.region_code[:2], "")
        content |= {"place_label": place, "filed_on": entry.issued_on.isoformat()}
    return RegisterVersion(
        entry=entry,
        reason=reason,
        valid_from=timezone.localdate(at),
        content=content,
        digest=register.digest(content),
        submission=submission,
        recorded_at=at,
    )


@transaction.atomic
def end(
    *, filing: Filing, reason: RegisterVersion.Reason, submission: Submission | None, by: User, at: dt.datetime
) -> RegisterEntry:
    """Say in the register that a filing was cancelled or revoked; the entry and its number stay for good.

    In the transaction of the decision (Algorithm Provisions, art. 24, 33). Records ``register.ended``.
    """
    entry = RegisterEntry.objects.select_for_update().get(filing=filing)
    day = timezone.localdate(at)
    versions = list(RegisterVersion.objects.filter(entry=entry).select_related("source_list"))
    content = {**max(versions, key=register.order_of).content, "remark": ENDED_WORDS[reason]}
    version = RegisterVersion(
        entry=entry,
        reason=reason,
        valid_from=day,
        content=content,
        digest=register.digest(content),
        submission=submission,
        recorded_at=at,
    )
    version.save()
    register.settle(entry, [*versions, version], kind=filing.kind)
    entry.ended_on = day
    entry.save()
    events.record(
        "register.ended", side=Actor.SYSTEM, by=by, at=at, filing=filing,
        data={"number": entry.number, "entry": entry.pk, "reason": reason},
    )  # fmt: skip
    return entry


def public_content(kind: str, content: dict[str, Any], entity: dict[str, Any], *, number: str) -> dict[str, Any]:
    """The published content of a submission, worded as the official lists word it."""
    answer = _reader(content, entity)
    subject = _service(answer) if kind in FilingKind.services else _algorithm(answer, content)
    return {
        "number": number,
        "entity_name": answer("entity:basic.name"),
        **subject,
        "products": _products(content, entity),
        "principle": answer("publication.principle"),
        "mechanism": answer("publication.mechanism"),
        "scenario": answer("publication.scene"),
        "intent": answer("publication.purpose"),
        "own_page": answer("publication.own_page"),
        "remark": "",
    }


def _algorithm(answer: Reader, content: dict[str, Any]) -> dict[str, Any]:
    role = answer("algorithm.role")
    return {
        "name": answer("algorithm.name"),
        "class_label": CLASS_WORDS[AlgorithmClass(answer("algorithm.algorithm_class"))],
        "role_label": ROLE_WORDS[ProviderRole(role)] if role else "",
        "main_use": main_use(content),
        "fields": list(answer("algorithm.application_fields") or []),
    }


def _service(answer: Reader) -> dict[str, Any]:
    """A service has neither class nor role (Generative AI Measures, art. 17)."""
    return {
        "name": answer("service.name"),
        "class_label": "",
        "role_label": "",
        "main_use": answer("service.main_use"),
        "fields": list(answer("service.application_fields") or []),
    }


def _reader(content: dict[str, Any], entity: dict[str, Any]) -> Reader:
    """Reads answers by path, and only those that may be public."""

    def answer(path: str) -> Any:
        assert path in PUBLIC_FIELDS, f"{path} is not public"
        source = entity if path.startswith("entity:") else content
        return paths.get(source, path.removeprefix("entity:")) or ""

    return answer


def _products(content: dict[str, Any], entity: dict[str, Any]) -> str:
    """The products that use the algorithm or offer the service, each with its forms: “甲(APP、网站)”."""
    uses = paths.get(content, "usage.uses") or []
    used = {use.get("product", "") for use in uses} | set(paths.get(content, "service.products") or [])
    listed = paths.get(entity, "products.products") or []
    words = []
    for product in listed:
        if product["key"] in used:
            forms = "、".join(FORM_WORDS.get(form, form) for form in product.get("forms_of_service", []))
            words.append(f"{product.get('name', '')}({forms})" if forms else product.get("name", ""))
    return "、".join(words)

"""Who takes part: authorities, officers with postings, providers. Everybody is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import Authority, Level, Ministry, OfficerRole, Posting
from portal.models import User
from reviews import postings

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Shown to whoever starts the demonstration; no installation has these accounts.
PASSWORD = "qingshan-lushui-2026"  # noqa: S105 - one for all invented people, printed at every start
DOMAIN = "demo.example"
NATIONAL = "00"

AUTHORITIES: dict[str, tuple[str, str]] = {
    NATIONAL: ("国家网信办（演示）", "National authority (demonstration)"),
    "11": ("北京市网信办（演示）", "Beijing authority (demonstration)"),
    "31": ("上海市网信办（演示）", "Shanghai authority (demonstration)"),
    "33": ("浙江省网信办（演示）", "Zhejiang authority (demonstration)"),
    "44": ("广东省网信办（演示）", "Guangdong authority (demonstration)"),
}
# Of another ministry: it takes no filings, but inspects and deals with what is forwarded to it.
POLICE = "police"
POLICE_OF = ("33", "浙江省公安厅（演示）", "Zhejiang public security (demonstration)")
ADMINISTRATOR = ("admin", "钱管理")
# Mailbox, name, authority, role.
OFFICERS: tuple[tuple[str, str, str, OfficerRole], ...] = (
    ("auditor", "孙审计", NATIONAL, OfficerRole.AUDITOR),
    ("national.reviewer", "李国审", NATIONAL, OfficerRole.REVIEWER),
    ("national.reviewer2", "方国核", NATIONAL, OfficerRole.REVIEWER),
    ("national.signatory", "王国签", NATIONAL, OfficerRole.SIGNATORY),
    ("national.supervisor", "段国管", NATIONAL, OfficerRole.SUPERVISOR),
    ("intake", "吴受理", "33", OfficerRole.INTAKE),
    ("reviewer", "郑初审", "33", OfficerRole.REVIEWER),
    ("reviewer2", "何初核", "33", OfficerRole.REVIEWER),
    ("signatory", "冯签发", "33", OfficerRole.SIGNATORY),
    ("supervisor", "陈督办", "33", OfficerRole.SUPERVISOR),
    ("police.reviewer", "岳巡网", POLICE, OfficerRole.REVIEWER),
    *(
        (f"{place}.{mailbox}", f"{name}{suffix}", prefix, role)
        for place, prefix, name in (("guangdong", "44", "梁粤"), ("beijing", "11", "白京"), ("shanghai", "31", "陆沪"))
        for mailbox, suffix, role in (
            ("intake", "受", OfficerRole.INTAKE),
            ("reviewer", "审", OfficerRole.REVIEWER),
            ("signatory", "签", OfficerRole.SIGNATORY),
            ("supervisor", "督", OfficerRole.SUPERVISOR),
        )
    ),
)
SIGN_INS: tuple[tuple[str, StrOrPromise], ...] = (
    ("owner", _("Provider, owner of two entities")),
    ("editor", _("Provider, editor")),
    ("viewer", _("Provider, viewer")),
    ("newcomer", _("Provider who has just signed up, with an invitation")),
    ("agent", _("Agent of a provider, with a power of attorney for one filing")),
    ("assessor", _("Third-party assessor, invited to one assessment")),
    ("intake", _("Intake officer, Zhejiang")),
    ("reviewer", _("Reviewer, Zhejiang")),
    ("signatory", _("Signatory, Zhejiang")),
    ("supervisor", _("Supervisor, Zhejiang")),
    ("police.reviewer", _("Inspector of public security, Zhejiang")),
    ("national.reviewer", _("Reviewer, national")),
    ("national.signatory", _("Signatory, national")),
    ("auditor", _("Auditor")),
    ("admin", _("System administrator")),
)


def sign_ins() -> list[tuple[str, StrOrPromise]]:
    """One address for each role, with what it may do."""
    return [(address(mailbox), role) for mailbox, role in SIGN_INS]


def address(mailbox: str) -> str:
    return f"{mailbox}@{DOMAIN}"


@dataclass(frozen=True)
class Desk:
    """The officers of one authority, by role."""

    authority: Authority
    officers: dict[str, list[User]]

    def one(self, role: str, turn: int = 0) -> User:
        """One officer of that role; `turn` shares work among several."""
        known = self.officers[role]
        return known[turn % len(known)]

    def posting(self, role: str, turn: int = 0) -> Posting:
        return Posting.objects.get(authority=self.authority, user=self.one(role, turn), role=role)


class People:
    """Makes accounts as they are needed, each with a confirmed address and the one password."""

    def __init__(self) -> None:
        self._hash = make_password(PASSWORD)  # costly on purpose, so once for all
        self._known: dict[str, User] = {}
        self.desks: dict[str, Desk] = {}

    def account(self, mailbox: str, name: str) -> User:
        """The account behind a mailbox, made at first mention."""
        if mailbox not in self._known:
            self._known[mailbox] = self._ready(User.objects.create_user(address(mailbox), None, display_name=name))
        return self._known[mailbox]

    def _ready(self, person: User) -> User:
        person.password = self._hash
        person.save(update_fields=["password"])
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    def open_desks(self, *, since: dt.datetime) -> None:
        """Authorities, the first administrator, and whom the administrator posts."""
        for prefix, (zh, en) in AUTHORITIES.items():
            level = Level.NATIONAL if prefix == NATIONAL else Level.PROVINCIAL
            row = Authority.objects.create(
                name_zh=zh, name_en=en, level=level, region_prefix="" if prefix == NATIONAL else prefix
            )
            self.desks[prefix] = Desk(row, {})
        region, zh, en = POLICE_OF
        police = Authority.objects.create(
            name_zh=zh, name_en=en, ministry=Ministry.MPS, level=Level.PROVINCIAL, region_prefix=region
        )
        self.desks[POLICE] = Desk(police, {})
        admin = self._first_administrator(since)
        for mailbox, name, prefix, role in OFFICERS:
            desk = self.desks[prefix]
            posting = postings.post(
                email=address(mailbox), name=name, authority=desk.authority, role=role,
                starts_on=timezone.localdate(since), by=admin, at=since,
            )  # fmt: skip
            person = self._known.setdefault(mailbox, self._ready(posting.user))
            desk.officers.setdefault(role, []).append(person)

    def _first_administrator(self, since: dt.datetime) -> User:
        mailbox, name = ADMINISTRATOR
        posting = postings.post_first_administrator(
            email=address(mailbox), name=name, authority=self.desks[NATIONAL].authority, at=since
        )
        return self._known.setdefault(mailbox, self._ready(posting.user))

"""Whose portal it is, who works at it, what its numbers look like, and how far its calendar reaches."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from filings.models import Authority, CalendarDay, Installation, Level, OfficerRole, Posting
from reviews.readiness.point import Point, State, point

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

DEMONSTRATION_PREFIX = "演示算备"
SERVICE_PREFIX = "YanShi-"
DECIDE = {OfficerRole.REVIEWER, OfficerRole.SIGNATORY}
WORK = {OfficerRole.INTAKE, *DECIDE}
ENOUGH_DAYS = 60
MOST_NAMED = 8


def points(today: dt.date) -> Iterator[Point]:
    """Everything about authority, people, numbers and calendar; a fixed number of queries."""
    row = Installation.objects.filter(pk=1).first()
    yield _authority(row)
    yield from _posted(today)
    yield _numbers(row)
    yield _calendar(today)


def _authority(row: Installation | None) -> Point:
    says = _("Nobody was told whose portal this is.")
    if row is not None:
        says = (
            _("This database holds the demonstration.")
            if row.is_demonstration
            else f"{row.authority_zh} / {row.authority_en}"
        )
    todo = _("Give the installation a database of its own, and run manage.py setup there.")
    return point("authority", _("Authority"), row is None or row.is_demonstration, says, todo)


def _posted(today: dt.date) -> Iterator[Point]:
    authorities = list(Authority.objects.filter(is_active=True).order_by("region_prefix", "pk"))
    held = Posting.objects.on(today).filter(user__is_active=True).values_list("authority", "role", "user")
    roles: defaultdict[int, set[str]] = defaultdict(set)
    people: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for authority, role, user in held:
        roles[authority].add(role)
        people[authority, role].add(user)
    national = [each.pk for each in authorities if each.level == Level.NATIONAL]
    yield _administrators({user for pk in national for user in people[pk, OfficerRole.ADMINISTRATOR]})
    yield _deciders([each for each in authorities if each.level == Level.NATIONAL], people)
    yield _regions([each for each in authorities if each.level == Level.PROVINCIAL], roles)
    yield _second_factors({user for members in people.values() for user in members})


def _administrators(people: set[int]) -> Point:
    count = len(people)
    says = ngettext(
        "%(count)d national administrator is posted.", "%(count)d national administrators are posted.", count
    )
    todo = _("There is no national administrator. Run manage.py setup with --admin-email and --admin-name.")
    if count == 1:
        todo = _("Post a second one, who can stand in when the first one is locked out.")
    title, url = _("National administrators"), reverse("admin:filings_posting_changelist")
    return point("administrators", title, count < 2, says % {"count": count}, todo, url=url, mild=count == 1)


def _deciders(authorities: list[Authority], people: dict[tuple[int, str], set[int]]) -> Point:
    """One person in both roles cannot decide: whoever proposes does not sign."""
    reviewers = {user for each in authorities for user in people[each.pk, OfficerRole.REVIEWER]}
    signatories = {user for each in authorities for user in people[each.pk, OfficerRole.SIGNATORY]}
    can_decide = reviewers and signatories and len(reviewers | signatories) > 1
    says = _("Reviewers: %(reviewers)d, signatories: %(signatories)d.") % {
        "reviewers": len(reviewers),
        "signatories": len(signatories),
    }
    todo = _(
        "Nobody reviews or signs at the national level: the administrator posts them at the desk, two people at least."
    )
    url = reverse("admin:filings_posting_add")
    return point("national-officers", _("Officers of the national level"), not can_decide, says, todo, url=url)


def _regions(authorities: list[Authority], roles: dict[int, set[str]]) -> Point:
    title, is_english = _("Regions and their officers"), get_language() == "en"
    if not authorities:
        says = _("No regional authority: everything goes to the national level until one is added at the desk.")
        todo = _("Add the regional authorities, and post officers for intake, review and signature in each.")
        return Point("regions", title, State.LOOK, says, todo, reverse("admin:filings_authority_changelist"))
    bare = [each.name_en if is_english else each.name_zh for each in authorities if not roles[each.pk] >= WORK]
    says = _("%(complete)d of %(count)d regions have officers for intake, review and signature.") % {
        "complete": len(authorities) - len(bare),
        "count": len(authorities),
    }
    named = ", ".join(bare[:MOST_NAMED]) + (" …" if len(bare) > MOST_NAMED else "")
    todo = _("Post the officers that are missing at: %(names)s.") % {"names": named}
    return point("regions", title, bare, says, todo, url=reverse("admin:filings_posting_add"))


def _second_factors(people: set[int]) -> Point:
    factors = Authenticator.objects.filter(user__in=people).exclude(type=Authenticator.Type.RECOVERY_CODES)
    left = len(people) - len(set(factors.values_list("user", flat=True)))
    says = ngettext(
        "%(left)d of %(count)d officer has no second factor yet.",
        "%(left)d of %(count)d officers have no second factor yet.",
        len(people),
    ) % {"left": left, "count": len(people)}
    todo = _("The desk asks each for one at the first sign-in. Remind them, or end postings that nobody uses.")
    url = reverse("admin:filings_posting_changelist")
    return point("second-factors", _("Second factors of officers"), left, says, todo, url=url, mild=True)


def _numbers(row: Installation | None) -> Point:
    algorithms = row.number_prefix if row is not None else ""
    services = row.service_prefix if row is not None else ""
    is_shown = algorithms in ("", DEMONSTRATION_PREFIX) or services == SERVICE_PREFIX
    says = _("Algorithms: %(algorithms)s. Services: %(services)s.") % {
        "algorithms": algorithms or "–",
        "services": services or "–",
    }
    todo = _(
        "Numbers of a demonstration look like this. Before the first number is issued, run manage.py setup with"
        " --prefix and --service-prefix; afterwards they stay."
    )
    return point("numbers", _("Prefix of numbers"), is_shown, says, todo)


def _calendar(today: dt.date) -> Point:
    official = CalendarDay.objects.filter(is_provisional=False).order_by("-day")
    last = official.values_list("day", flat=True).first()
    is_short = last is None or (last - today).days < ENOUGH_DAYS
    says = _("Official until %(day)s.") % {"day": last.isoformat() if last else "–"}
    todo = _(
        "The working calendar is official for less than two months ahead: enter the coming year at the desk as soon"
        " as the State Council has announced its holidays. Days until then are provisional."
    )
    return point(
        "calendar", _("Working calendar"), is_short, says, todo, url=reverse("admin:filings_calendarday_changelist")
    )

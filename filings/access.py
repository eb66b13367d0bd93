"""What a user may see, as query conditions. Not visible means 404 everywhere.

Two axes only: membership of an entity, and an officer's posting (region and level).
A system administrator has no power over dossiers, and sees none.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from filings.models.entity import Agency, MemberRole, Membership
from filings.models.officer import Level, Ministry, OfficerRole, Posting

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from portal.models import User

    Visitor = User | AnonymousUser

SEES_DOSSIERS = (
    OfficerRole.INTAKE,
    OfficerRole.REVIEWER,
    OfficerRole.SIGNATORY,
    OfficerRole.SUPERVISOR,
    OfficerRole.AUDITOR,
)


def postings(user: Visitor, *, on: dt.date | None = None) -> list[Posting]:
    """The officer's postings in force today, read once per user object; [] for others."""
    if not user.is_authenticated or not user.is_staff:
        return []
    day = on or timezone.localdate()
    known = getattr(user, "_postings", None)
    if known is None or known[0] != day:
        rows = list(Posting.objects.on(day).filter(user=user).select_related("authority"))
        known = (day, [p for p in rows if p.authority.is_active])
        user._postings = known  # type: ignore[attr-defined]
    return known[1]


def posted_as(user: Visitor, *roles: str) -> list[Posting]:
    """The user's postings in one of those roles."""
    return [p for p in postings(user) if p.role in roles]


def over_filings(user: Visitor, *roles: str) -> list[Posting]:
    """Those at authorities of the cyberspace administration, which alone takes filings.

    Dossiers are handed to it (Generative AI Measures, art. 17); other ministries see what they inspect.
    """
    return [p for p in posted_as(user, *roles) if p.authority.ministry == Ministry.CAC]


def posting_over(user: Visitor, region_code: str, *roles: str) -> Posting | None:
    """The posting in one of the roles through which the user sees a region: the most specific one."""
    reaching = [
        p
        for p in over_filings(user, *roles)
        if p.authority.level == Level.NATIONAL or region_code.startswith(p.authority.region_prefix)
    ]
    return max(reaching, key=lambda p: len(p.authority.region_prefix), default=None)


def _regions(user: Visitor) -> list[str] | None:
    """Region prefixes the officer sees; None means all; [] means none."""
    held = over_filings(user, *SEES_DOSSIERS)
    if any(p.authority.level == Level.NATIONAL for p in held):
        return None
    return sorted({p.authority.region_prefix for p in held})


def regions_seen(user: Visitor) -> list[str] | None:
    """First digits of the regions whose filings the officer sees; None means all, [] none."""
    return _regions(user)


def _in_regions(regions: list[str] | None, field: str) -> Q:
    if regions is None:
        return Q()
    condition = Q(pk__in=())
    for prefix in regions:
        condition |= Q(**{f"{field}__startswith": prefix})
    return condition


def own(user: Visitor, field: str, *, filing: str = "") -> Q:
    """What belongs to entities that the user works for today, ``field`` naming the entity; nothing for a visitor.

    With ``filing`` naming the filing, an agent sees only those that the power of attorney covers.
    """
    if not user.is_authenticated:
        return Q(pk__in=())
    current = Membership.objects.current(timezone.localdate()).filter(user=user)
    condition = Q(**{f"{field}__in": current.values("entity")})
    return condition & in_power(user, field, filing) if filing else condition


def in_power(user: User, field: str, filing: str) -> Q:
    """What no power of attorney leaves out: a row without a filing, or with one that the user's covers."""
    covered = Agency.filings.through.objects.filter(agency=OuterRef("agency"), filing=OuterRef(OuterRef(filing)))
    bound = Membership.objects.filter(user=user, entity=OuterRef(field), agency__covers_all=False)
    return ~Q(Exists(bound.filter(~Exists(covered)))) | Q(**{f"{filing}__isnull": True})


def visible_entities(user: Visitor, prefix: str = "") -> Q:
    """Own entities; for officers those of their region that froze a version."""
    condition = own(user, f"{prefix}pk")
    regions = _regions(user)
    if regions is None or regions:
        seen = _in_regions(regions, f"{prefix}region_code")
        condition |= seen & ~Q(**{f"{prefix}region_code": ""})
    return condition


def officer_sees(user: Visitor, prefix: str = "") -> Q | None:
    """The officer's half of ``visible_filings``; None for somebody who is no officer."""
    regions = _regions(user)
    if regions is not None and not regions:
        return None
    lodged = Q(**{f"{prefix}lodged_at__isnull": False})
    return lodged & _in_regions(regions, f"{prefix}region_code")


def visible_filings(user: Visitor, prefix: str = "") -> Q:
    """Own entities' filings; for officers lodged ones of their region or, nationally, all."""
    condition = own(user, f"{prefix}entity", filing=f"{prefix}pk")
    officer = officer_sees(user, prefix)
    return condition if officer is None else condition | officer


def visible_procedures(user: Visitor, prefix: str = "") -> Q:
    """Procedures of visible filings; officers see none that was never submitted."""
    condition = own(user, f"{prefix}filing__entity", filing=f"{prefix}filing")
    officer = officer_sees(user, f"{prefix}filing__")
    if officer is None:
        return condition
    return condition | (officer & Q(**{f"{prefix}submitted_at__isnull": False}))


def visible_findings(user: Visitor) -> Q:
    """Officers see drafts too; a provider nothing before it was sent."""
    condition = own(user, "procedure__filing__entity", filing="procedure__filing") & Q(sent_at__isnull=False)
    officer = officer_sees(user, "procedure__filing__")
    return condition if officer is None else condition | officer


def visible_events(user: Visitor) -> Q:
    """Events of own entities that are not for staff alone; for officers those they may see."""
    from filings.models.event import Event  # reason: cycle, event's queryset calls this

    if not user.is_authenticated:
        return Q(pk__in=())

    mine = (own(user, "filing__entity") | own(user, "entity")) & in_power(user, "entity", "filing")
    condition = mine & Q(audience=Event.Audience.BOTH)
    officer = officer_sees(user, "filing__")
    if officer is not None:
        condition |= officer & Q(matter__isnull=True)
    matters = officer_sees_matters(user, "matter__")
    return condition if matters is None else condition | matters


def visible_attachments(user: Visitor) -> Q:
    """The entity's files for members; for officers what a submission, a version or a matter's post cites.

    What hangs on posts is a member's only where one of these was written to be read by the provider.
    """
    from filings.models.attachment import Attachment  # reason: cycle, its queryset calls this
    from filings.models.display import NumberDisplay  # reason: likewise, by its screenshots

    posted = Attachment.matter_posts.through.objects.filter(attachment=OuterRef("pk"))
    shown = posted.filter(matterpost__staff_only=False, matterpost__matter__told_provider=True)
    condition = own(user, "entity", filing="filing") & (~Q(Exists(posted)) | Q(Exists(shown)))
    matters = officer_sees_matters(user, "matterpost__matter__")
    if matters is not None:
        condition |= Q(Exists(posted.filter(matters)))
        condition |= Q(Exists(_inspected(user)))
    regions = _regions(user)
    if regions is not None and not regions:
        return condition
    by_submission = Attachment.submissions.through.objects.filter(attachment=OuterRef("pk"))
    by_display = NumberDisplay.objects.filter(screenshot=OuterRef("pk"))
    by_version = Attachment.entity_versions.through.objects.filter(attachment=OuterRef("pk"))
    cited = Q(Exists(by_submission)) | Q(Exists(by_version)) | Q(Exists(by_display))
    return condition | (cited & _in_regions(regions, "entity__region_code"))


def _inspected(user: Visitor) -> QuerySet[Any]:
    """The attachment of an outer query, where a submission cites it that an inspection of the officer looks at."""
    from filings.models.attachment import Attachment  # reason: cycle, as above
    from filings.models.inspection import Inspection  # reason: likewise

    seen = officer_sees_matters(user, "matter__")
    inspected = (Inspection.objects.filter(seen) if seen else Inspection.objects.none()).values("submission")
    cited = Attachment.submissions.through.objects.filter(attachment=OuterRef("pk"))
    return cited.filter(submission__in=inspected)


def visible_transfers(user: Visitor) -> Q:
    """Transfers that one of the user's entities gives or takes; an agent acts in neither."""
    if not user.is_authenticated:
        return Q(pk__in=())
    current = Membership.objects.current(timezone.localdate()).filter(user=user).exclude(role=MemberRole.AGENT)
    return Q(giver__in=current.values("entity")) | Q(receiver__in=current.values("entity"))


def visible_mandates(user: Visitor) -> Q:
    """Assessments that the user's organisation took on and the provider did not take back.

    Whoever came to work for the provider itself assesses from outside no more.
    """
    if not user.is_authenticated:
        return Q(pk__in=())
    taken_on = Q(assessor__people__user=user, revoked_at__isnull=True)
    return taken_on & ~own(user, "procedure__filing__entity")


def officer_sees_matters(user: Visitor, prefix: str = "") -> Q | None:
    """Matters of the authorities where the officer is posted, which lead or joined; the cyberspace
    administration also sees those of its regions. Never a draft of a provider, given up or not. None for no officer.
    """
    held = posted_as(user, *SEES_DOSSIERS)
    if not held:
        return None
    from filings.models.matter import MatterAuthority  # reason: cycle, matter's queryset calls this module

    authorities = {p.authority_id for p in held}
    joined = MatterAuthority.objects.filter(authority__in=authorities, left_at__isnull=True).values("matter")
    seen = Q(**{f"{prefix}authority__in": authorities}) | Q(**{f"{prefix}pk__in": joined})
    regions = _regions(user)
    if regions is None:
        seen |= Q(**{f"{prefix}pk__isnull": False})
    elif regions:
        seen |= _in_regions(regions, f"{prefix}region_code")
    return seen & ~Q(**{f"{prefix}status__in": ("draft", "dropped"), f"{prefix}opened_by_side": "provider"})


def visible_matters(user: Visitor) -> Q:
    """Own ones that the provider was told of; for officers those of their authorities and regions."""
    condition = own(user, "entity", filing="filing") & Q(told_provider=True)
    officer = officer_sees_matters(user)
    return condition if officer is None else condition | officer

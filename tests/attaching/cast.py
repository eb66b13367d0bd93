"""The few people and things that evidence and papers need."""

import datetime as dt

from django.utils import timezone

from filings.models import Authority, Entity, Level, MemberRole, Membership, OfficerRole, Posting
from portal.models import User

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


def person(email="owner@example.cn", **fields):
    return User.objects.create_user(email, "a long password for tests", **fields)


def entity(owner, *, code="0000001", name="杭州青岚智能科技有限公司", region="330106"):
    row = Entity.objects.create(
        code=code, name=name, region_code=region, schema_version="entity-1", created_by=owner, created_at=NOW
    )
    member(row, owner, MemberRole.OWNER)
    return row


def member(of, user, role):
    return Membership.objects.create(entity=of, user=user, role=role, created_at=NOW)


def officer(email, role=OfficerRole.REVIEWER, *, prefix="33"):
    user = person(email, is_staff=True)
    national = not prefix
    authority, _made = Authority.objects.get_or_create(
        level=Level.NATIONAL if national else Level.PROVINCIAL,
        region_prefix=prefix,
        defaults={"name_zh": f"主管部门{prefix}", "name_en": f"Authority {prefix}"},
    )
    Posting.objects.create(
        user=user,
        authority=authority,
        role=role,
        starts_on=timezone.localdate() - dt.timedelta(days=30),
        created_at=NOW,
    )
    return user

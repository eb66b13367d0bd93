"""An intake officer lets one filing pass one rule, for a reason and until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import events
from filings.lifecycle import Actor
from filings.models import OfficerRole
from reviews import intake, policy
from reviews.models import Waiver

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Filing
    from portal.models import User


@transaction.atomic
def grant(*, filing: Filing, rule: str, reason: str, expires_on: dt.date, by: User, at: dt.datetime) -> Waiver:
    """Waive a rule for a filing, from its next submission on; staff alone see it.

    Raises PermissionDenied, ValidationError for a rule that cannot be waived or a day
    that has passed.
    """
    posting = policy.posting_over(by, filing.region_code, OfficerRole.INTAKE)
    if posting is None:
        raise PermissionDenied
    if rule not in intake.RULES or not intake.RULES[rule].is_waivable:
        raise ValidationError({"rule": _("This rule cannot be waived.")})
    if expires_on < timezone.localdate(at):
        raise ValidationError({"expires_on": _("Choose a day that has not passed.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the rule is waived.")})
    waiver = Waiver.objects.create(
        filing=filing, rule=rule, reason=reason.strip(), expires_on=expires_on, granted_by=by, granted_at=at
    )
    data = {"rule": rule, "expires_on": expires_on.isoformat(), "reason": waiver.reason}
    events.record(
        "waiver.granted", side=Actor.OFFICER, by=by, posting=posting, at=at, filing=filing, staff_only=True, data=data
    )
    return waiver

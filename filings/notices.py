"""Who hears of which event, in the page and by mail, in each person's own language.

Told are members of the entity that the event concerns. A notice never holds personal
data: it says what happened to which filing of which entity, and links there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from filings import access, matterwords, sentences, wording
from filings.models import Event, Invitation, Mandate, MemberRole, Membership, Notice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from filings.models import Filing, Procedure
    from portal.models import User

OWNERS = (MemberRole.OWNER,)
WRITERS = (MemberRole.OWNER, MemberRole.EDITOR)
ALL = (MemberRole.OWNER, MemberRole.EDITOR, MemberRole.VIEWER)


@dataclass(frozen=True, slots=True)
class Audience:
    """Which members hear of an event; ``member``: also the person whom it concerns.

    ``actor``: also the person who did it, as a record of a weighty act.
    """

    roles: tuple[str, ...]
    actor: bool = False
    member: bool = False


TOLD: dict[str, Audience] = {
    "entity.submitted": Audience(OWNERS),
    "entity.verified": Audience(WRITERS, actor=True),
    "entity.returned": Audience(WRITERS, actor=True),
    "member.joined": Audience(OWNERS),
    "member.role_changed": Audience(OWNERS, member=True),
    "member.removed": Audience(OWNERS, member=True),
    "member.left": Audience(OWNERS),
    "agency.granted": Audience(OWNERS),
    "agency.expired": Audience(OWNERS, member=True),
    "assessment.accepted": Audience(WRITERS),
    "assessment.signed": Audience(WRITERS),
    "sealing.made": Audience(OWNERS),
    "sealing.confirmed": Audience(WRITERS, actor=True),
    "sealing.voided": Audience(OWNERS),
    "vault.expired": Audience(WRITERS),
    "scan.accepted": Audience(WRITERS, actor=True),
    "scan.refused": Audience(WRITERS, actor=True),
    "transfer.offered": Audience(OWNERS),
    "transfer.consented": Audience(OWNERS),
    "transfer.done": Audience(ALL, actor=True),
    "procedure.submit": Audience(ALL, actor=True),
    "procedure.resubmit": Audience(ALL, actor=True),
    "procedure.pass_intake": Audience(ALL, actor=True),
    "procedure.fail_intake": Audience(ALL, actor=True),
    "procedure.pass_up": Audience(ALL, actor=True),
    "procedure.sign_return": Audience(ALL, actor=True),
    "procedure.sign_grant": Audience(ALL, actor=True),
    "procedure.sign_decline": Audience(ALL, actor=True),
    "procedure.sign_lapse": Audience(ALL, actor=True),
    "procedure.withdraw": Audience(ALL, actor=True),
    "matter.order.sign_issue": Audience(ALL, actor=True),
    "matter.order.not_met": Audience(ALL, actor=True),
    "matter.order.fulfil": Audience(ALL, actor=True),
    "matter.order.sign_lift": Audience(ALL, actor=True),
    "procedure.open_ex_officio": Audience(ALL, actor=True),
    "procedure.overtake": Audience(ALL, actor=True),
    "hearing.invited": Audience(ALL, actor=True),
    "matter.inspection.ask": Audience(ALL, actor=True),
    "matter.inspection.ask_more": Audience(ALL, actor=True),
    "matter.inspection.question_added": Audience(WRITERS),
    "matter.inspection.date_moved": Audience(WRITERS),
    "matter.inspection.joined": Audience(WRITERS),
    "matter.inspection.lead_changed": Audience(WRITERS),
    "matter.inspection.order_correction": Audience(ALL, actor=True),
    "matter.inspection.not_corrected": Audience(ALL, actor=True),
    "matter.inspection.close": Audience(ALL, actor=True),
    "matter.inspection.drop": Audience(ALL, actor=True),
    "matter.confirmation.opened": Audience(WRITERS, actor=True),
    "matter.confirmation.reminded": Audience(WRITERS, actor=True),
    "matter.confirmation.miss": Audience(WRITERS, actor=True),
    "matter.confirmation.list": Audience(ALL, actor=True),
    "matter.confirmation.declare": Audience(OWNERS),
    "matter.incident.report": Audience(ALL),
    "matter.incident.ask": Audience(ALL, actor=True),
    "matter.incident.acknowledge": Audience(ALL, actor=True),
    "matter.incident.ask_more": Audience(ALL, actor=True),
    "matter.incident.close": Audience(ALL, actor=True),
    "matter.incident.close_unanswered": Audience(ALL, actor=True),
    "matter.misuse.report": Audience(ALL),
    "matter.misuse.ask": Audience(ALL, actor=True),
    "matter.misuse.forward": Audience(ALL, actor=True),
    "matter.misuse.forward_on": Audience(ALL, actor=True),
    "matter.misuse.hand_back": Audience(ALL, actor=True),
    "matter.misuse.inquire": Audience(ALL, actor=True),
    "matter.misuse.close": Audience(ALL, actor=True),
    "matter.misuse.close_unanswered": Audience(ALL, actor=True),
    "matter.dataset.return_offer": Audience(WRITERS, actor=True),
    "matter.dataset.grade": Audience(WRITERS, actor=True),
    "matter.dataset.applied_for": Audience(WRITERS, actor=True),
    "matter.dataset.application_taken_back": Audience(WRITERS, actor=True),
    "matter.data_request.consent": Audience(WRITERS, actor=True),
    "matter.data_request.refuse": Audience(WRITERS, actor=True),
    "matter.data_request.revoke_consent": Audience(WRITERS, actor=True),
    "publication.held": Audience(ALL, actor=True),
    "publication.moved": Audience(ALL, actor=True),
    "filing.cancel": Audience(ALL, actor=True),
    "filing.revoke": Audience(ALL, actor=True),
    "rectification.later_date_asked": Audience(OWNERS),
    "rectification.date_extended": Audience(ALL, actor=True),
    "rectification.date_refused": Audience(ALL, actor=True),
    "rectification.reminded": Audience(WRITERS, actor=True),
    "rectification.missed": Audience(WRITERS, actor=True),
    "matter.complaint.forward": Audience(WRITERS),
    "matter.complaint.ask_more": Audience(WRITERS),
    "matter.complaint.close": Audience(WRITERS),
    "matter.complaint.close_unanswered": Audience(WRITERS),
    "matter.objection.sign_uphold": Audience(WRITERS, actor=True),
    "matter.objection.sign_reject": Audience(WRITERS, actor=True),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words: what happened, to what, what is next, and where to look."""

    sentence: str
    about: str
    entity: str
    next_step: str
    meaning: str
    path: str


def recipients(event: Event) -> list[User]:
    """The people who are told of an event, each once."""
    audience = TOLD.get(event.kind)
    if audience is None or event.entity_id is None or event.audience == Event.Audience.STAFF:
        return []
    members = Membership.objects.filter(entity=event.entity_id, user__is_active=True)
    told = members.filter(_hears(event, audience))
    people = {m.user_id: m.user for m in told.select_related("user").order_by("pk")}
    if not audience.actor and event.actor_id:
        people.pop(event.actor_id, None)
    concerned = event.data.get("member") if audience.member else None
    if concerned and concerned != event.actor_id and concerned not in people:
        people |= {person.pk: person for person in get_user_model().objects.filter(pk=concerned)}
    return list(people.values())


def _hears(event: Event, audience: Audience) -> Q:
    """Members in these roles, and with the editors the agents whose power covers the filing."""
    roles = Q(role__in=audience.roles)
    if MemberRole.EDITOR not in audience.roles or event.filing_id is None:
        return roles
    in_power = Q(agency__covers_all=True) | Q(agency__filings=event.filing_id)
    today = timezone.localdate(event.at)
    return roles | (Q(role=MemberRole.AGENT, agency__ends_on__gte=today) & in_power)


def keep(event: Event, *, at: dt.datetime) -> None:
    """Put the notice into each recipient's list; once, however often it is called."""
    Notice.objects.bulk_create(
        (Notice(user=person, event=event, at=at) for person in recipients(event)), ignore_conflicts=True
    )


def said(event: Event, *, to: User) -> Said:
    """The notice in the language that is active. Select ``filing``, ``procedure`` and ``matter`` with the event."""
    sentence = sentences.sentence(event)
    if to.pk == event.data.get("member"):
        sentence = _to_the_person_concerned(event) or sentence
    return Said(
        sentence=sentence,
        about=_about(event.filing) or (event.matter.title if event.matter else ""),
        entity=event.entity.name if event.entity else "",
        next_step=matterwords.next_step(event.matter) if event.matter else _next(event.kind, event.procedure),
        meaning=sentences.MEANINGS.get(event.kind, ""),
        path=path(event),
    )


def _to_the_person_concerned(event: Event) -> str:
    if event.kind == "member.removed":
        return _("You are no longer a member of this entity.")
    if event.kind == "agency.expired":
        return _("Your power of attorney for this entity has ended, and your access with it.")
    if event.kind == "member.role_changed":
        return _("Your role was changed to %(role)s.") % {"role": MemberRole(event.data["role"]).label}
    return ""


def _about(filing: Filing | None) -> str:
    """The filing's name, or what stands for one that has none yet."""
    if filing is None:
        return ""
    return filing.name or _("Unnamed filing (%(kind)s)") % {"kind": filing.get_kind_display()}


def _next(kind: str, procedure: Procedure | None) -> str:
    """What is next by what stands now; confirmations have a step of their own."""
    if kind == "entity.returned":
        return _("Put the profile right and submit it for verification again.")
    if procedure is None or kind.startswith(("sealing.", "scan.")):
        return ""
    return wording.next_step(procedure)


def path(event: Event) -> str:
    """Where the reader finds the thing."""
    if event.matter_id:
        return reverse("filings:matter-detail", args=[event.matter_id])
    if event.procedure_id:
        return reverse("filings:procedure-detail", args=[event.procedure_id])
    if event.kind.startswith("transfer."):
        return reverse("filings:transfer-detail", args=[event.data["transfer"]])
    if event.kind.startswith("entity.") and event.entity_id:
        return reverse("filings:profile-list", args=[event.entity_id])
    if event.kind in ("member.removed", "member.role_changed", "agency.expired") or event.entity_id is None:
        return reverse("filings:home")
    if event.kind.startswith("member."):
        return reverse("filings:member-list", args=[event.entity_id])
    return reverse("filings:entity-detail", args=[event.entity_id])


def message_id(event: Event, person_pk: int) -> str:
    """The same for every try to send, so that a mail program shows a repeated mail once."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<event-{event.pk}-to-{person_pk}@{host}>"


def mail(notice: Notice) -> EmailMessage:
    """The notice as mail, in the recipient's language."""
    with translation.override(notice.user.language):
        told = said(notice.event, to=notice.user)
        subject = _("%(about)s: %(sentence)s") % {"about": told.about or told.entity, "sentence": told.sentence}
        context = {"said": told, "url": f"{settings.PUBLIC_URL}{told.path}", "portal": settings.PORTAL_NAME}
        body = render_to_string("mail/notice.txt", context)
    return _message(subject, body, to=notice.user.email, message_id=message_id(notice.event, notice.user_id))


def invitation_mail(invitation: Invitation, *, event: Event, token: str) -> EmailMessage:
    """The invitation, in the language of who has an account with that address, else in both."""
    person = type(invitation.invited_by)._default_manager.filter(email=invitation.email).first()
    languages = [person.language] if person else [code for code, _name in settings.LANGUAGES]
    url = f"{settings.PUBLIC_URL}{reverse('filings:invitation-accept', args=[token])}"
    context: dict[str, Any] = {"invitation": invitation, "url": url, "portal": settings.PORTAL_NAME}
    bodies, subjects = [], []
    for language in languages:
        with translation.override(language):
            bodies.append(render_to_string("mail/invitation.txt", context).strip())
            subjects.append(_("Invitation to %(entity)s") % {"entity": invitation.entity.name})
    subject, body = " / ".join(subjects), "\n\n--\n\n".join(bodies) + "\n"
    return _message(subject, body, to=invitation.email, message_id=message_id(event, 0))


def mandate_mail(mandate: Mandate, *, event: Event, token: str) -> EmailMessage:
    """The invitation of an assessor, in the language of who has an account with that address, else in both."""
    person = type(mandate.invited_by)._default_manager.filter(email=mandate.email).first()
    languages = [person.language] if person else [code for code, _name in settings.LANGUAGES]
    url = f"{settings.PUBLIC_URL}{reverse('filings:assessment-accept', args=[token])}"
    entity = mandate.procedure.filing.entity.name
    context: dict[str, Any] = {"mandate": mandate, "entity": entity, "url": url, "portal": settings.PORTAL_NAME}
    bodies, subjects = [], []
    for language in languages:
        with translation.override(language):
            bodies.append(render_to_string("mail/mandate.txt", context).strip())
            subjects.append(_("Invitation to assess a service of %(entity)s") % {"entity": entity})
    subject, body = " / ".join(subjects), "\n\n--\n\n".join(bodies) + "\n"
    return _message(subject, body, to=mandate.email, message_id=message_id(event, 0))


def _message(subject: str, body: str, *, to: str, message_id: str) -> EmailMessage:
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[to], headers=headers)


def of(user: User) -> QuerySet[Notice]:
    """A person's notices of entities they still work for, and those about themselves."""
    own = access.own(user, "event__entity")
    return Notice.objects.filter(own | Q(event__data__member=user.pk), user=user)


def unread(user: User) -> int:
    """How many notices a person has not opened."""
    return of(user).filter(read_at__isnull=True).count()


def mark_read(user: User, *, at: dt.datetime, only: Notice | None = None) -> int:
    """Mark one notice, or all of a person's, as read; returns how many were unread."""
    rows = Notice.objects.filter(user=user, read_at__isnull=True)
    if only is not None:
        rows = rows.filter(pk=only.pk)
    return rows.update(read_at=at)

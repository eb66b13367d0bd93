"""One plain sentence for each kind of event, for timelines, notices and mail.

A sentence never names a person: who did it stands beside it, and only where the
reader may know. What a provider must not learn has no sentence for providers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filings import purposes, wording
from filings.lifecycle import Actor
from filings.models import Event, FilingKind, MemberRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filings.dossier.words import Words

# What a provider reads. A kind that is missing here is not shown to providers: either
# it is the authority's own, or another event of the same moment says it better.
TO_PROVIDER: dict[str, Words] = {
    "entity.created": gettext_lazy("The entity was created."),
    "entity.submitted": gettext_lazy("Version %(version)s of the profile was submitted for verification."),
    "entity.verification_carried": gettext_lazy(
        "Version %(version)s of the profile was kept; the verification carries on."
    ),
    "entity.verified": gettext_lazy("Version %(version)s of the profile was verified."),
    "entity.returned": gettext_lazy("Version %(version)s of the profile was returned to be put right."),
    "member.invited": gettext_lazy("Somebody was invited to become a member (%(role)s)."),
    "member.invitation_revoked": gettext_lazy("An invitation was taken back."),
    "member.joined": gettext_lazy("A new member joined (%(role)s)."),
    "member.role_changed": gettext_lazy("A member's role was changed to %(role)s."),
    "member.removed": gettext_lazy("A member was removed."),
    "member.left": gettext_lazy("A member left."),
    "agency.granted": gettext_lazy("A power of attorney was given to %(organisation)s until %(until)s."),
    "agency.expired": gettext_lazy("An agent's power of attorney ended, and the access with it."),
    "assessment.invited": gettext_lazy("%(organisation)s was invited to assess the service."),
    "assessment.accepted": gettext_lazy("%(organisation)s took the assessment on."),
    "assessment.revoked": gettext_lazy("The invitation of %(organisation)s to assess the service was taken back."),
    "assessment.signed": gettext_lazy("%(organisation)s signed the assessment."),
    "filing.started": gettext_lazy("The filing was started."),
    "change.started": gettext_lazy("A change of the registered filing was begun."),
    "transfer.offered": gettext_lazy("%(giver)s offered to transfer a filing to %(receiver)s."),
    "transfer.consented": gettext_lazy("%(receiver)s consented to the transfer."),
    "transfer.done": gettext_lazy("The filing was transferred from %(giver)s to %(receiver)s."),
    "sealing.made": gettext_lazy("The material was locked for signature."),
    "sealing.invited": gettext_lazy("Links for confirmation were sent to the responsible people."),
    "sealing.confirmed": gettext_lazy("A responsible person confirmed the locked material."),
    "scan.uploaded": gettext_lazy("A signed scan of the locked material was uploaded."),
    "scan.accepted": gettext_lazy("The signed scan was read back whole and confirms the locked material."),
    "scan.refused": gettext_lazy("The signed scan does not match the locked material; its pages say why."),
    "sealing.voided": gettext_lazy("The lock for signature was lifted, since the material changed."),
    "procedure.submit": gettext_lazy("The material was submitted (%(reference)s)."),
    "procedure.resubmit": gettext_lazy("The rectified material was submitted (%(reference)s)."),
    "procedure.pass_intake": gettext_lazy(
        "The automatic checks were passed and the review began; an answer is due by %(due_on)s."
    ),
    "procedure.fail_intake": gettext_lazy(
        "The automatic checks returned the material to be rectified by %(rectify_by)s."
    ),
    "procedure.pass_up": gettext_lazy("The review moved on to the next stage: %(stage)s."),
    "procedure.sign_return": gettext_lazy("The authority returned the material to be rectified by %(rectify_by)s."),
    "procedure.sign_grant": gettext_lazy("The authority filed the algorithm under the number %(number)s."),
    "procedure.sign_decline": gettext_lazy("The authority declined the filing; the decision letter gives the reasons."),
    "procedure.sign_lapse": gettext_lazy("The filing was closed, since it was not rectified in time."),
    "procedure.withdraw": gettext_lazy("The filing was withdrawn."),
    "filing.cancel": gettext_lazy("The filing was cancelled."),
    "filing.revoke": gettext_lazy("The filing was revoked."),
    "register.published": gettext_lazy("The filing was published in the register."),
    "register.ended": gettext_lazy("The register says that the filing ended; its number is never given again."),
    "procedure.open_ex_officio": gettext_lazy(
        "The authority opened a procedure of its own motion and told you why; answer by %(date)s."
    ),
    "procedure.overtake": gettext_lazy("The procedure was closed, since the filing ended."),
    "hearing.answered": gettext_lazy("The provider answered what the authority holds against the filing."),
    "hearing.invited": gettext_lazy("The authority named the day of the hearing in person: %(date)s."),
    "hearing.minuted": gettext_lazy("The minutes of the hearing in person were written."),
    "matter.order.sign_issue": gettext_lazy("The authority issued an order."),
    "matter.order.report": gettext_lazy("It was reported what was done on the order."),
    "matter.order.not_met": gettext_lazy("The authority found that the order is not fulfilled yet."),
    "matter.order.fulfil": gettext_lazy("The authority found that the order is fulfilled."),
    "matter.order.sign_lift": gettext_lazy("The authority lifted the order."),
    "matter.incident.opened": gettext_lazy("A report of illegal content was begun."),
    "matter.incident.report": gettext_lazy("Illegal content was reported to the authority."),
    "matter.incident.drop": gettext_lazy("The draft report was given up."),
    "matter.incident.ask": gettext_lazy("The authority asked about the report."),
    "matter.incident.answer": gettext_lazy("The question about the report was answered."),
    "matter.incident.acknowledge": gettext_lazy(
        "The authority acknowledged the report; the correction is to be shown."
    ),
    "matter.incident.follow_up": gettext_lazy("The report was added to."),
    "matter.incident.show_correction": gettext_lazy("The correction was shown with evidence."),
    "matter.incident.ask_more": gettext_lazy("The authority asks for more to show the correction."),
    "matter.incident.close": gettext_lazy("The authority closed the incident."),
    "matter.incident.close_unanswered": gettext_lazy(
        "The day passed without an answer; the authority closed the incident."
    ),
    "matter.misuse.opened": gettext_lazy("A report of a user's misuse was begun."),
    "matter.misuse.report": gettext_lazy("A user's misuse was reported to the authority."),
    "matter.misuse.drop": gettext_lazy("The draft report was given up."),
    "matter.misuse.ask": gettext_lazy("The authority asked about the report."),
    "matter.misuse.answer": gettext_lazy("The question about the report was answered."),
    "matter.misuse.follow_up": gettext_lazy("The report was added to."),
    "matter.misuse.forward": gettext_lazy("The report was forwarded to the competent authority: %(to)s."),
    "matter.misuse.forward_on": gettext_lazy("The report was forwarded on to another authority: %(to)s."),
    "matter.misuse.hand_back": gettext_lazy("The report was handed back, being of another's remit, to: %(to)s."),
    "matter.misuse.inquire": gettext_lazy("The competent authority asked about the report."),
    "matter.misuse.reply": gettext_lazy("The competent authority's question was answered."),
    "matter.misuse.close": gettext_lazy("The authority closed the report of the misuse."),
    "matter.misuse.close_unanswered": gettext_lazy(
        "The day passed without an answer; the authority closed the report."
    ),
    "publication.held": gettext_lazy("The number %(number)s was issued; it is to be published on %(publish_on)s."),
    "publication.moved": gettext_lazy("The number is to be published on %(publish_on)s instead."),
    "matter.inspection.ask": gettext_lazy("An inspection asks questions, to be answered by %(due_on)s."),
    "matter.inspection.ask_more": gettext_lazy("The inspection asks a further question, due by %(due_on)s."),
    "matter.inspection.question_added": gettext_lazy("The inspection added a question."),
    "matter.inspection.answer": gettext_lazy("The questions of the inspection were answered."),
    "matter.inspection.later_date_asked": gettext_lazy("A later date was asked for: %(date)s."),
    "matter.inspection.date_moved": gettext_lazy("The inspection gave a new date: %(due_on)s."),
    "matter.inspection.sampled": gettext_lazy("Samples of output were handed in for the inspection."),
    "matter.inspection.joined": gettext_lazy("Another authority joined the inspection: %(authority)s."),
    "matter.inspection.lead_changed": gettext_lazy("The inspection is led by another authority now: %(authority)s."),
    "matter.inspection.order_correction": gettext_lazy("The inspection waits for the correction that was ordered."),
    "matter.inspection.show_correction": gettext_lazy("The correction was shown."),
    "matter.inspection.not_corrected": gettext_lazy("The correction does not suffice yet; it is due by %(due_on)s."),
    "matter.inspection.close": gettext_lazy("The inspection was closed with a result."),
    "matter.inspection.drop": gettext_lazy("The inspection was given up without a result."),
    "matter.confirmation.opened": gettext_lazy("A confirmation that the filing stands is asked for by %(due_on)s."),
    "matter.confirmation.reminded": gettext_lazy("The confirmation of the filing is due by %(due_on)s."),
    "matter.confirmation.miss": gettext_lazy("The filing was not confirmed in time; please still do so."),
    "matter.confirmation.list": gettext_lazy("The filing was not confirmed and was listed for inspection."),
    "matter.confirmation.declare": gettext_lazy("The periodic confirmation of the filing was declared."),
    "matter.confirmation.void": gettext_lazy("The confirmation is no longer asked for, since the filing ended."),
    "matter.dataset.opened": gettext_lazy("A data set was drafted for the catalogue."),
    "matter.dataset.edited": gettext_lazy("What is said of the data set was changed."),
    "matter.dataset.offer": gettext_lazy("The data set was offered to the authority."),
    "matter.dataset.offer_again": gettext_lazy("The data set was offered again."),
    "matter.dataset.return_offer": gettext_lazy("The authority returned the offer to be put right."),
    "matter.dataset.grade": gettext_lazy("The authority confirmed the grade, and the data set was published."),
    "matter.dataset.withdraw": gettext_lazy("The data set was withdrawn."),
    "matter.dataset.applied_for": gettext_lazy("An entity applied for the data set (%(reference)s)."),
    "matter.dataset.application_taken_back": gettext_lazy("An application was taken back (%(reference)s)."),
    "matter.data_request.opened": gettext_lazy("The data set was applied for."),
    "matter.data_request.consent": gettext_lazy("The offering body consented."),
    "matter.data_request.refuse": gettext_lazy("The offering body refused the application."),
    "matter.data_request.take_back": gettext_lazy("The application was taken back."),
    "matter.data_request.revoke_consent": gettext_lazy("The offering body took its consent back."),
    "display.recorded": gettext_lazy("A place where the number is shown was recorded."),
    "display.changed": gettext_lazy("What was recorded of a place where the number is shown was changed."),
    "calendar.feed_made": gettext_lazy("A member made an address for the calendar."),
    "calendar.feed_revoked": gettext_lazy("A member's address for the calendar was revoked."),
    "register.changed": gettext_lazy("The published entry was brought up to date."),
    "finding.answered": gettext_lazy("A finding was answered."),
    "vault.deposited": gettext_lazy("Access for the technical test was deposited, until %(expires_on)s."),
    "vault.replaced": gettext_lazy("Access for the technical test was replaced; the new one ends on %(expires_on)s."),
    "vault.withdrawn": gettext_lazy("Access for the technical test was withdrawn and erased."),
    "vault.opened": gettext_lazy("Deposited access was opened for the technical test."),
    "vault.expired": gettext_lazy("Access for the technical test has expired and was erased."),
    "vault.closed": gettext_lazy("Access for the technical test was erased, since the procedure is over."),
    "rectification.later_date_asked": gettext_lazy("A later date was asked for: %(date)s."),
    "rectification.date_extended": gettext_lazy("The date to rectify by was moved to %(rectify_by)s."),
    "rectification.date_refused": gettext_lazy("A later date was refused; the date stays %(rectify_by)s."),
    "rectification.reminded": gettext_lazy("The rectification is due by %(rectify_by)s."),
    "rectification.missed": gettext_lazy("The date to rectify by, %(rectify_by)s, has passed."),
    "matter.complaint.forward": gettext_lazy("A complaint about the service was forwarded; answer by the day shown."),
    "matter.complaint.answer": gettext_lazy("The complaint was answered."),
    "matter.complaint.ask_more": gettext_lazy("The authority asked again about the complaint."),
    "matter.complaint.close": gettext_lazy("The complaint was closed."),
    "matter.complaint.close_unanswered": gettext_lazy("The complaint was closed without an answer."),
    "matter.objection.opened": gettext_lazy("An objection was raised (%(reference)s)."),
    "matter.objection.take_up": gettext_lazy("The objection was taken up."),
    "matter.objection.withdraw": gettext_lazy("The objection was withdrawn."),
    "matter.objection.sign_uphold": gettext_lazy("The objection was upheld."),
    "matter.objection.sign_reject": gettext_lazy("The objection was rejected."),
    "matter.objection.followed_up": gettext_lazy("What follows from the objection was done."),
}
# What reads otherwise for generative-AI services: no law limits the answer, and no algorithm is filed.
OF_SERVICES: dict[str, dict[str, Words]] = {
    FilingKind.GENERATIVE: {
        "procedure.pass_intake": gettext_lazy(
            "The automatic checks were passed and the review began; the service standard is an answer by %(due_on)s."
        ),
        "procedure.sign_grant": gettext_lazy("The authority filed the service under the number %(number)s."),
    },
    FilingKind.GENERATIVE_REGISTRATION: {
        "procedure.pass_intake": gettext_lazy(
            "The automatic checks were passed and the review began; the service standard is an answer by %(due_on)s."
        ),
        "procedure.sign_grant": gettext_lazy("The authority registered the service under the number %(number)s."),
    },
}
TO_STAFF: dict[str, Words] = {
    **TO_PROVIDER,
    "annex.asked": gettext_lazy("An annex was handed to the automatic check."),
    "annex.checked": gettext_lazy("The automatic check of an annex is finished."),
    "annex.failed": gettext_lazy("The automatic check of an annex failed by an error of the portal."),
    "procedure.propose": gettext_lazy("A decision was proposed for signature."),
    "procedure.send_back": gettext_lazy("The signatory sent the proposal back."),
    "matter.order.opened": gettext_lazy("An order was drafted."),
    "matter.order.edited": gettext_lazy("A drafted order was changed."),
    "matter.order.drop": gettext_lazy("A drafted order was given up."),
    "matter.order.propose": gettext_lazy("An order was proposed for signature."),
    "matter.order.send_back": gettext_lazy("The signatory sent the drafted order back."),
    "matter.order.propose_lift": gettext_lazy("Lifting the order was proposed for signature."),
    "matter.order.keep": gettext_lazy("The signatory did not lift the order; it stands."),
    "matter.inspection.opened": gettext_lazy("An inspection was opened."),
    "matter.inspection.checked": gettext_lazy("A declared measure was checked off."),
    "inspection.drawn": gettext_lazy("Filings to inspect were drawn by lot (seed %(seed)s)."),
    "batch.opened": gettext_lazy("A batch of publications was opened."),
    "batch.moved": gettext_lazy("A batch of publications was given another day."),
    "batch.published": gettext_lazy("A batch was published."),
    "filing.lodge": gettext_lazy("The filing was lodged."),
    "filing.register": gettext_lazy("The filing was registered under the number %(number)s."),
    "filing.decline": gettext_lazy("The filing ended without a number."),
    "filing.withdraw": gettext_lazy("The filing ended without a number."),
    "filing.lapse": gettext_lazy("The filing ended without a number."),
    "finding.drafted": gettext_lazy("A finding was drafted."),
    "finding.edited": gettext_lazy("A drafted finding was changed."),
    "finding.removed": gettext_lazy("A drafted finding was removed."),
    "finding.settled": gettext_lazy("A finding was settled."),
    "task.opened": gettext_lazy("A review task was opened."),
    "task.claimed": gettext_lazy("The review task was claimed."),
    "task.released": gettext_lazy("The review task was released."),
    "task.reassigned": gettext_lazy("The review task was given to another officer."),
    "task.dropped": gettext_lazy("The review task was dropped."),
    "task.lease_lapsed": gettext_lazy("The claim lapsed and the review task is free again."),
    "task.handed_over": gettext_lazy("The review task was handed over by an officer who leaves."),
    "procedure.propose_lapse": gettext_lazy("Closing as lapsed was proposed for signature."),
    "procedure.send_back_lapse": gettext_lazy("The signatory sent the proposal to close back."),
    "test.begun": gettext_lazy("A technical test was begun and its sample drawn."),
    "test.own_added": gettext_lazy("Questions of our own were added to the technical test."),
    "test.verdict_changed": gettext_lazy("A verdict of the technical test was changed."),
    "test.sheet_taken": gettext_lazy("A sheet of answers was taken into the technical test."),
    "test.finished": gettext_lazy("The technical test was finished."),
    "test.reopened": gettext_lazy("The finished technical test was taken up again."),
    "test.dropped": gettext_lazy("A technical test was given up."),
    "note.written": gettext_lazy("An internal note was written."),
    "waiver.granted": gettext_lazy("An intake rule was waived for this filing."),
    "installation.told": gettext_lazy("The installation was told whose it is."),
    "reliance.refused": gettext_lazy("What the submission cites was left out, since the filing would stand on itself."),
    "resource.marked": gettext_lazy("%(name)s was marked as withdrawn or unlawful (%(basis)s)."),
    "resource.mark_lifted": gettext_lazy("The mark on %(name)s was lifted."),
    "ruleset.loaded": gettext_lazy("A rule set was loaded."),
    "posting.made": gettext_lazy("An officer was posted."),
    "posting.ended": gettext_lazy("A posting was given its last day."),
    "setting.added": gettext_lazy("A row that steers the desk was added."),
    "setting.changed": gettext_lazy("A row that steers the desk was changed."),
    "delivery.parked": gettext_lazy("Work that follows from an event failed eight times and waits for a person."),
    "delivery.released": gettext_lazy("A parked delivery was tried again."),
    "audit.exported": gettext_lazy("Records were exported."),
    "sealed.erased": gettext_lazy("A personal value was erased; every digest stays valid."),
    "matter.complaint.opened": gettext_lazy("A complaint was received (%(reference)s)."),
    "matter.complaint.reject": gettext_lazy("The complaint was rejected."),
    "matter.complaint.added": gettext_lazy("Who complained added something."),
    "matter.complaint.asked": gettext_lazy("Who complained was asked a question."),
    "matter.complaint.forgotten": gettext_lazy("Who complained had name and contact erased."),
    "matter.objection.added": gettext_lazy("Who objected added something."),
    "matter.objection.asked": gettext_lazy("Who objected was asked a question."),
    "matter.objection.forgotten": gettext_lazy("Who objected had name and contact erased."),
    "matter.objection.propose": gettext_lazy("A decision on the objection was proposed for signature."),
    "matter.objection.send_back": gettext_lazy("The signatory sent the proposal on the objection back."),
}
MEANINGS = {
    "vault.expired": "attention",
    "entity.verified": "done",
    "entity.returned": "attention",
    "scan.accepted": "done",
    "scan.refused": "attention",
    "procedure.submit": "waiting",
    "procedure.resubmit": "waiting",
    "procedure.fail_intake": "attention",
    "procedure.sign_return": "attention",
    "procedure.sign_grant": "done",
    "procedure.sign_decline": "stopped",
    "procedure.sign_lapse": "stopped",
    "matter.order.sign_issue": "attention",
    "matter.dataset.return_offer": "attention",
    "matter.dataset.grade": "done",
    "matter.dataset.applied_for": "waiting",
    "matter.data_request.consent": "done",
    "matter.data_request.refuse": "stopped",
    "matter.data_request.revoke_consent": "attention",
    "publication.held": "waiting",
    "matter.inspection.ask": "waiting",
    "matter.inspection.ask_more": "waiting",
    "matter.inspection.order_correction": "attention",
    "matter.inspection.not_corrected": "attention",
    "matter.inspection.close": "done",
    "matter.confirmation.opened": "waiting",
    "matter.confirmation.reminded": "attention",
    "matter.confirmation.miss": "stopped",
    "matter.confirmation.list": "stopped",
    "matter.confirmation.declare": "done",
    "matter.order.not_met": "attention",
    "matter.incident.report": "waiting",
    "matter.incident.ask": "attention",
    "matter.incident.acknowledge": "waiting",
    "matter.incident.ask_more": "attention",
    "matter.incident.close": "done",
    "matter.incident.close_unanswered": "stopped",
    "matter.misuse.report": "waiting",
    "matter.misuse.ask": "attention",
    "matter.misuse.forward": "waiting",
    "matter.misuse.forward_on": "waiting",
    "matter.misuse.hand_back": "waiting",
    "matter.misuse.inquire": "attention",
    "matter.misuse.close": "done",
    "matter.misuse.close_unanswered": "stopped",
    "matter.order.fulfil": "done",
    "matter.order.sign_lift": "done",
    "procedure.open_ex_officio": "attention",
    "procedure.overtake": "stopped",
    "hearing.invited": "attention",
    "filing.cancel": "stopped",
    "filing.revoke": "stopped",
    "rectification.date_extended": "done",
    "rectification.date_refused": "attention",
    "rectification.reminded": "attention",
    "rectification.missed": "stopped",
}
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One event as a timeline prints it."""

    sentence: str
    at: dt.datetime
    actor: str
    meaning: str = ""
    note: str = ""
    url: str = ""


def sentence(event: Event, *, to_staff: bool = False) -> str:
    """The event in one sentence; "" when it is not for this reader."""
    template = (TO_STAFF if to_staff else TO_PROVIDER).get(event.kind)
    if template is None or (event.audience == Event.Audience.STAFF and not to_staff):
        return event.kind if to_staff else ""
    if event.filing is not None:
        template = OF_SERVICES.get(event.filing.kind, {}).get(event.kind, template)
    if event.procedure is not None:
        template = purposes.SENTENCES.get(event.procedure.purpose, {}).get(event.kind, template)
    if "overtaken_by" in event.data:
        template = TO_PROVIDER["procedure.overtake"]
    return str(template) % _Facts(event)


class _Facts(dict[str, str]):
    """The event's data as words, looked up by the sentence that needs them."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event

    def __missing__(self, key: str) -> str:
        known: Any = self.event.data.get(key)
        if key == "role" and known in MemberRole.values:
            return str(MemberRole(known).label)
        if key == "authority":
            known = self.event.data.get("authority_zh" if wording.is_chinese() else "authority_en")
        if key == "stage":
            known = self.event.data.get("to_zh" if wording.is_chinese() else "to_en")
        if isinstance(known, dict):
            known = known.get("zh" if wording.is_chinese() else "en")
        if key in ("rectify_by", "due_on", "date", "until", "expires_on", "publish_on"):
            return wording.day(dt.date.fromisoformat(known)) if known else self._from_procedure(key)
        if key == "number" and not known and self.event.filing is not None:
            known = self.event.filing.number
        return str(known or UNKNOWN)

    def _from_procedure(self, key: str) -> str:
        return wording.day(getattr(self.event.procedure, key, None)) or UNKNOWN


def actor(event: Event, *, to_staff: bool = False) -> str:
    """Who did it: a member by name, an authority by its name; officers' names are for staff."""
    if event.side == Actor.SYSTEM:
        return _("Automatic check of the portal")
    if event.side == Actor.OFFICER:
        office = wording.authority(event.posting)
        return f"{event.actor} · {office}" if to_staff and event.actor else office
    if event.side == Actor.PUBLIC:
        return _("A member of the public")
    if event.actor is None:
        return _("Through a link for confirmation")
    return str(event.actor)


def timeline(events: Iterable[Event], *, to_staff: bool = False) -> list[Line]:
    """Lines for the timeline component, in the order given, without those not for this reader.

    Select ``actor``, ``posting__authority``, ``filing`` and ``procedure`` with the events.
    """
    return [
        Line(
            sentence=said,
            at=event.at,
            actor=actor(event, to_staff=to_staff),
            meaning=MEANINGS.get(event.kind, ""),
            note=str(event.data.get("reason", "")) if event.kind == "entity.returned" else "",
        )
        for event in events
        if (said := sentence(event, to_staff=to_staff))
    ]

"""What people do in the demonstration: each act calls the rules that their click would call."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from filings import drafts, entities, events, sealing, submissions
from filings.models import (
    AccessRecord,
    Dossier,
    Entity,
    EntityVersion,
    Filing,
    Finding,
    Matter,
    Membership,
    OfficerRole,
    Procedure,
)
from portal.demonstration.companies import BY_KEY, Company, identity_number, profile
from portal.demonstration.material import Material
from portal.demonstration.people import NATIONAL, Desk
from reviews import accesses, decisions, findings, queue
from reviews.models import DeclineGround, Proposal, ReviewTask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.demonstration.algorithms import Algorithm
    from portal.demonstration.days import Days
    from portal.demonstration.people import People
    from portal.demonstration.services import Service
    from portal.models import User

# Worked at the moment of the event; papers and mail are left to the worker.
AT_ONCE = (
    "filings.reliances", "reviews.intake", "reviews.withdrawal", "filings.notices", "filings.annex_check",
    "filings.reliances_settled", "filings.void_confirmations",
)  # fmt: skip
SEVERITIES = Finding.Severity
Fault = tuple[str, str, str]  # path, text, article


class Acts:
    """The people of the demonstration at one moment, `at`, which the director moves on."""

    def __init__(self, people: People, days: Days) -> None:
        self.people, self.days = people, days
        self.at = days.now
        self.entities: dict[str, Entity] = {}
        self._material: dict[str, Material] = {}

    def later(self, minutes: int) -> dt.datetime:
        """A little after the present moment, never after the real one."""
        return min(self.at + dt.timedelta(minutes=minutes), self.days.now)

    def settle(self) -> None:
        """What the worker would have done by then; what happens today is left to it."""
        if timezone.localdate(self.at) == self.days.today:
            return
        events.deliver_due(at=self.later(110), only=AT_ONCE, most=10_000)

    # The provider

    def owner(self, company: str) -> User:
        return self.member(company, "owner")

    def member(self, company: str, role: str) -> User:
        mailbox, name, _role = next(each for each in BY_KEY[company].members if each[2] == role)
        return self.people.account(mailbox, name)

    def found(self, company: Company) -> Entity:
        """An entity with its members and a complete profile, not frozen yet."""
        owner = self.owner(company.key)
        entity = entities.create_entity(name=company.name, by=owner, at=self.at)
        material = self._material[company.key] = Material(entity, by=owner)
        for section, value in material.real(profile(company), at=self.at).items():
            version = entity.section_versions.get(section, 0)
            drafts.save_profile_section(
                entity=entity, section=section, value=value, base_version=version, by=owner, at=self.later(15)
            )
        entity.refresh_from_db()
        self.entities[company.key] = entity
        return entity

    def join(self, company: Company) -> None:
        """The other members, each through an invitation of their own."""
        from filings import members  # reason: only here

        entity, owner = self.entities[company.key], self.owner(company.key)
        present = set(Membership.objects.filter(entity=entity).values_list("user__email", flat=True))
        for mailbox, name, role in company.members:
            person = self.people.account(mailbox, name)
            if person.email in present:
                continue
            invitation = members.invite(entity=entity, email=person.email, role=role, by=owner, at=self.at)
            members.accept(token=members.token_of(invitation), by=person, at=self.later(40))

    def freeze(self, company: str) -> EntityVersion:
        return entities.freeze_version(entity=self.entities[company], by=self.owner(company), at=self.at)

    def verify(self, version: EntityVersion) -> None:
        desk = self.desk(version.region_code)
        officer, posting = desk.one(OfficerRole.INTAKE), desk.posting(OfficerRole.INTAKE)
        accesses.record(AccessRecord.Action.OPEN, by=officer, at=self.at, entity=version.entity)
        entities.verify_version(version=version, by=officer, posting=posting, at=self.later(20))

    def begin(
        self, algorithm: Algorithm | Service, *, by: User | None = None, copy_from: Filing | None = None
    ) -> Procedure:
        return drafts.start_filing(
            entity=self.entities[algorithm.company],
            kind=algorithm.kind,
            by=by or self.owner(algorithm.company),
            at=self.at,
            algorithm_class=algorithm.algorithm_class,
            role=algorithm.role,
            copy_from=copy_from,
        )

    def fill(self, procedure: Procedure, algorithm: Algorithm | Service, *, only: Iterable[str] = ()) -> None:
        """Save the sections, or only some of them."""
        content = algorithm.dossier(today=timezone.localdate(self.at))
        content = self._material[algorithm.company].real(content, at=self.at)
        wanted = set(only) or set(content)
        for minute, section in enumerate(each for each in content if each in wanted):
            self.save(procedure, section, content[section], minutes=minute * 4)
        procedure.refresh_from_db()

    def save(
        self, procedure: Procedure, section: str, value: dict[str, Any], *, minutes: int = 0, by: User | None = None
    ) -> None:
        dossier = Dossier.objects.select_related("procedure__filing").get(procedure=procedure)
        drafts.save_section(
            dossier=dossier,
            section=section,
            value=value,
            base_version=dossier.section_versions.get(section, 0),
            by=by or self.writer(procedure),
            at=self.later(minutes),
        )

    def registered(self, name: str) -> Filing:
        """The filing of that name that has a number."""
        return Filing.objects.select_related("entity").get(name=name, number__isnull=False)

    def owner_of(self, thing: Filing | Matter) -> User:
        return next(self.owner(key) for key, each in self.entities.items() if each.pk == thing.entity_id)

    def writer(self, procedure: Procedure) -> User:
        return self.owner_of(procedure.filing)

    def company_of(self, procedure: Procedure) -> Company:
        entity = procedure.filing.entity_id
        return next(BY_KEY[key] for key, each in self.entities.items() if each.pk == entity)

    def lock(self, procedure: Procedure, *, confirming: int = 2) -> None:
        """Lock for signature, send the links, and let so many of the people confirm."""
        by, company = self.writer(procedure), self.company_of(procedure)
        lock = sealing.lock(procedure=procedure, by=by, at=self.at)
        mails = {
            "legal_representative": f"legal@{company.domain}",
            "safety_officer": f"safety@{company.domain}",
        }
        links = sealing.invite(sealing=lock, emails=mails, by=by, at=self.later(5))
        for minute, link in enumerate(links[:confirming]):
            name = link.person_name
            last = identity_number(name)[-4:]
            sealing.confirm(token=sealing.token_of(link), name=name, last_four=last, at=self.later(30 + minute * 20))

    def submit(self, procedure: Procedure) -> Procedure:
        """Lock, confirm, submit: the usual afternoon."""
        self.lock(procedure)
        submissions.submit(procedure=procedure, by=self.writer(procedure), at=self.later(55))
        return self.now(procedure)

    def now(self, procedure: Procedure) -> Procedure:
        return Procedure.objects.select_related("filing__entity").get(pk=procedure.pk)

    # The regulator

    def desk(self, region_code: str) -> Desk:
        return self.people.desks.get(region_code[:2], self.people.desks[NATIONAL])

    def desk_of(self, task: ReviewTask) -> Desk:
        return next(desk for desk in self.people.desks.values() if desk.authority.pk == task.authority_id)

    def task(self, procedure: Procedure) -> ReviewTask:
        rows = ReviewTask.objects.unfinished().select_related("procedure__filing__entity", "authority")
        return rows.get(procedure=procedure)

    def claim(self, procedure: Procedure) -> tuple[ReviewTask, User]:
        """The task in somebody's hands: claimed now, or still with who has it."""
        task = self.task(procedure)
        if task.status == ReviewTask.Status.CLAIMED:
            assert task.claimed_by is not None, "a claimed task is somebody's"
            officer = task.claimed_by
        else:
            officer = self.desk_of(task).one(OfficerRole.REVIEWER, procedure.pk)
            task = queue.claim(task=task, by=officer, at=self.at)
        accesses.record(AccessRecord.Action.OPEN, by=officer, at=self.later(3), filing=procedure.filing)
        return task, officer

    def hand(self, procedure: Procedure, turn: int = 0) -> tuple[ReviewTask, User]:
        """The supervisor gives the task to a reviewer, for as long as it takes."""
        task = self.task(procedure)
        desk = self.desk_of(task)
        officer = desk.one(OfficerRole.REVIEWER, turn)
        queue.reassign(task=task, to=officer, by=desk.one(OfficerRole.SUPERVISOR), at=self.at)
        accesses.record(AccessRecord.Action.OPEN, by=officer, at=self.later(30), filing=procedure.filing)
        return self.task(procedure), officer

    def find(self, task: ReviewTask, by: User, faults: Iterable[Fault], severity: str = SEVERITIES.MUST) -> None:
        drafted = Finding.objects.filter(procedure=task.procedure, sent_at=None).count()
        for minute, (path, text, article) in enumerate(faults, drafted):
            findings.draft(
                task=task, path=path, severity=severity, text=text, legal_basis=article,
                by=by, at=self.later(20 + minute * 6),
            )  # fmt: skip

    def pass_up(self, procedure: Procedure) -> None:
        task, officer = self.claim(procedure)
        self._settle_findings(task, officer)
        decisions.pass_up(task=task, by=officer, at=self.later(90))

    def propose(self, procedure: Procedure, kind: str, **words: Any) -> Proposal:
        task, officer = self.claim(procedure)
        if kind == Proposal.Kind.REGISTER:
            self._settle_findings(task, officer)
        if kind == Proposal.Kind.DECLINE:
            words["grounds"] = [DeclineGround.objects.get(code=words.pop("ground"))]
        return decisions.propose(task=task, kind=kind, by=officer, at=self.later(80), **words)

    def sign(self, procedure: Procedure, **how: Any) -> Procedure:
        proposal = Proposal.objects.get(procedure=procedure, status=Proposal.Status.PENDING)
        assert proposal.task is not None, "what a provider filed is decided in a task"
        signatory = self.desk_of(proposal.task).one(OfficerRole.SIGNATORY)
        decisions.sign(proposal=proposal, by=signatory, at=self.at, **how)
        return self.now(procedure)

    def _settle_findings(self, task: ReviewTask, officer: User) -> None:
        for finding in task.procedure.findings.filter(sent_at__isnull=False, settled_at=None):
            findings.settle(finding=finding, task=task, by=officer, at=self.later(40))

"""What a section page works on: a procedure's dossier or an entity's profile."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf, StrIndex, Substr
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from filings import access, attachments, drafts, policy, sealed
from filings.dossier import document, kinds, paths
from filings.dossier.bound import BoundSection, bind
from filings.dossier.facts import Facts, mapping
from filings.lifecycle import ProcedureStatus
from filings.models import Attachment, Dossier, Entity, Membership, Region, SealedValue, Sealing, SectionEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.utils.datastructures import MultiValueDict

    from filings.dossier.forms import AnswerForm, SectionForm
    from filings.dossier.kinds import Kind
    from filings.models import Filing, Procedure
    from portal.models import User

PHONES = ("mobile", "phone")
MINUTES_AT_WORK = 10
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class CurrentRegions:
    """The region codes that may be chosen today; asked one at a time."""

    def __contains__(self, code: object) -> bool:
        return bool(choosable_regions().filter(code=code).exists())


def choosable_regions() -> Any:
    """Counties and districts of today, and cities that have none (such as 东莞市)."""
    current = Region.objects.current()
    has_parts = Exists(current.filter(parent=OuterRef("pk")))
    return current.filter(Q(level="county") | (Q(level="prefecture") & ~has_parts))


@dataclass
class Place:
    """A document open for editing: its answers, and what this user may do with them."""

    kind: Kind
    content: dict[str, Any]
    versions: dict[str, int]
    entity: Entity
    others: list[dict[str, Any]]
    may_write: bool
    is_open: bool = True
    is_locked: bool = False
    entity_content: dict[str, Any] | None = None
    dossier: Dossier | None = None
    to_reread: list[str] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def procedure(self) -> Procedure | None:
        return self.dossier.procedure if self.dossier else None

    @property
    def filing(self) -> Filing | None:
        return self.dossier.procedure.filing if self.dossier else None

    @property
    def is_editable(self) -> bool:
        return self.may_write and self.is_open

    @property
    def is_rectifying(self) -> bool:
        return self.procedure is not None and self.procedure.status == ProcedureStatus.RECTIFYING

    @cached_property
    def facts(self) -> Facts:
        return Facts.read(self.kind.code, self.content, self.entity_content, regions=CurrentRegions())

    @property
    def list_url(self) -> str:
        if self.procedure:
            return reverse("filings:dossier-list", args=[self.procedure.pk])
        return reverse("filings:profile-list", args=[self.entity.pk])

    def url(self, code: str) -> str:
        if self.procedure:
            if page := self.section(code).page:
                return reverse(page, args=[self.procedure.pk])
            return reverse("filings:dossier-section", args=[self.procedure.pk, code])
        return reverse("filings:profile-section", args=[self.entity.pk, code])

    def section(self, code: str) -> type[SectionForm]:
        """The section of this kind; else 404."""
        try:
            return self.kind.section(code)
        except KeyError:
            raise Http404(code) from None

    def next_url(self, code: str) -> str:
        """The next section that applies after the answers as they are now; else the list."""
        facts = Facts.read(self.kind.code, self.content, self.entity_content)
        codes = [section.code for section in self.kind.sections]
        for section in self.kind.sections[codes.index(code) + 1 :]:
            if section.applies(facts):
                return self.url(section.code)
        return self.list_url

    def version(self, code: str) -> int:
        return int(self.versions.get(code, 0))

    def bind(self, code: str, data: MultiValueDict[str, Any] | None = None) -> BoundSection:
        new = self._new_files(code, data) if data else set()
        known = {each: self.files[each] for each in new & set(self.files)}
        known |= attachments.known(entity=self.entity, identifiers=new - set(known))
        return bind(self.kind, code, self.content, data, facts=self.facts, known=known)

    def _new_files(self, code: str, data: MultiValueDict[str, Any]) -> set[str]:
        """Identifiers posted for files that the stored section does not name yet."""
        stored = bind(self.kind, code, self.content, facts=self.facts).known
        posted = {str(each) for _name, values in data.lists() for each in values}
        return {each for each in posted if IDENTIFIER.fullmatch(each)} - set(stored)

    def save(self, code: str, value: dict[str, Any], *, base: int, by: User, at: dt.datetime) -> drafts.Saved:
        """Save through the rule and keep this page's own copy in step. Raises as the rule does."""
        if self.dossier:
            saved = drafts.save_section(
                dossier=self.dossier, section=code, value=value, base_version=base, by=by, at=at
            )
        else:
            saved = drafts.save_profile_section(
                entity=self.entity, section=code, value=value, base_version=base, by=by, at=at
            )
        self.content = {**self.content, code: value}
        self.versions = {**self.versions, code: saved.version}
        self.to_reread = [each for each in self.to_reread if each != code]
        self.__dict__.pop("facts", None)
        return saved

    def base(self, code: str, version: int) -> dict[str, Any]:
        """The answers of a section as they were when its version was saved."""
        owner: dict[str, Any] = {"dossier": self.dossier} if self.dossier else {"entity": self.entity}
        edits = SectionEdit.objects.filter(section=code, version=version, **owner)
        return edits.values_list("content", flat=True).first() or {}

    def sealer(self, *, by: User, at: dt.datetime) -> Callable[[str, str], dict[str, Any]]:
        """Seals typed personal values; the value that is already kept is not sealed anew."""

        def seal(path: str, text: str) -> dict[str, Any]:
            name = path.rpartition(".")[2]
            before = mapping(paths.get(self.content, path))
            row = SealedValue.objects.filter(entity=self.entity, pk=before["sealed"]).first() if before else None
            if row is not None and row.ciphertext is not None and sealed.reveal(row).decode() == text:
                return dict(before)
            kind = SealedValue.Kind.PHONE if name in PHONES else SealedValue.Kind.IDENTITY_NUMBER
            return sealed.reference(sealed.seal(entity=self.entity, kind=kind, value=text, by=by, at=at))

        return seal

    def in_words(self, path: str, value: Any) -> str:
        """An answer or a whole item as a reader sees it; empty for none."""
        spot = paths.parse(path)
        section = self.kind.section(spot.section)
        if spot.key and spot.name in section.items:
            item = value if not spot.field else {spot.field: value}
            form: AnswerForm = section.items[spot.name](key=spot.key, facts=self.facts, answers=mapping(item))
            wanted = [spot.field] if spot.field else list(form.fields)
        else:
            form = section(facts=self.facts, answers={spot.name: value})
            wanted = [spot.name]
        said = [
            (name, document.in_words(form.fields[name], form.answers.get(name)))
            for name in wanted
            if name in form.fields
        ]
        if len(wanted) == 1:
            return said[0][1] if said else str(value or "")
        return "\n".join(f"{form.fields[name].label}: {words}" for name, words in said if words)

    def masked(self, code: str) -> dict[str, str]:
        """Sealed values of a section as a member may see them, by the identifier of their row."""
        values = mapping(self.content.get(code)).values()
        wanted = [v["sealed"] for v in values if isinstance(v, dict) and "sealed" in v]
        if not wanted:
            return {}
        rows = SealedValue.objects.filter(entity=self.entity, pk__in=wanted)
        return {str(row.pk): sealed.masked(row) for row in rows}


def of_dossier(user: User, pk: int, *, at: dt.datetime, posted: Iterable[str] = ()) -> Place:
    """The dossier of a procedure and the files that were posted, in one query. 404 unless the user is of its entity."""
    rows = (
        Dossier.objects.filter(access.own(user, "procedure__filing__entity", filing="procedure__filing"))
        .select_related("procedure__filing__entity", "entity_version")
        .defer("entity_version__document")
        .annotate(
            role=role_in(user, "procedure__filing__entity"),
            others=_others(user, at, dossier=OuterRef("pk")),
            is_locked=Exists(
                Sealing.objects.filter(procedure=OuterRef("procedure"), voided_at__isnull=True, used_at__isnull=True)
            ),
        )
    )
    if named := {each for each in posted if IDENTIFIER.fullmatch(each)}:
        files = Attachment.objects.filter(entity=OuterRef("procedure__filing__entity"), pk__in=named)
        rows = rows.annotate(files=ArraySubquery(files.values(seen=attachments.REFERENCE)))
    dossier: Any = get_object_or_404(rows, procedure=pk)
    filing, version = dossier.procedure.filing, dossier.entity_version
    policy.know_role(user, filing.entity, dossier.role)
    return Place(
        kind=kinds.KINDS[filing.kind],
        content=dossier.content,
        versions=dossier.section_versions,
        entity=filing.entity,
        others=dossier.others,
        may_write=policy.may_write_filings(user, filing.entity),
        is_open=dossier.procedure.status in ProcedureStatus.editable,
        is_locked=dossier.is_locked,
        entity_content=version.content if version else filing.entity.profile,
        dossier=dossier,
        to_reread=dossier.to_reread,
        files={each["attachment"]: each for each in getattr(dossier, "files", ())},
    )


def of_profile(user: User, pk: int, *, at: dt.datetime) -> Place:
    """The working profile of an entity. 404 unless the user is a member."""
    rows = Entity.objects.filter(access.own(user, "pk")).annotate(
        role=role_in(user, "pk"), others=_others(user, at, entity=OuterRef("pk"))
    )
    entity: Any = get_object_or_404(rows, pk=pk)
    policy.know_role(user, entity, entity.role)
    return Place(
        kind=kinds.KINDS["entity"],
        content=entity.profile,
        versions=entity.section_versions,
        entity=entity,
        others=entity.others,
        may_write=policy.may_edit_entity(user, entity),
    )


def role_in(user: User, entity: str) -> Subquery:
    """The user's role in the entity of each row, for ``policy.know_role``."""
    current = Membership.objects.current(timezone.localdate())
    return Subquery(current.filter(user=user, entity=OuterRef(entity)).values("role")[:1])


def _others(user: User, at: dt.datetime, **owner: Any) -> ArraySubquery:
    """Who else saved a section in the last minutes, newest first."""
    since = at - dt.timedelta(minutes=MINUTES_AT_WORK)
    edits = SectionEdit.objects.filter(saved_at__gte=since, **owner).exclude(saved_by=user).order_by("-id")
    mail = F("saved_by__email")
    name = Coalesce(NullIf(F("saved_by__display_name"), Value("")), Substr(mail, 1, StrIndex(mail, Value("@")) - 1))
    return ArraySubquery(edits.values(seen=JSONObject(name=name, section="section", at="saved_at"))[:5])

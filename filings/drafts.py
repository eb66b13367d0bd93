"""The working draft: opened, saved section by section, never lost, never overwritten unseen."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from filings import annexes, entities, events, linked, rulesets, sealing
from filings.dossier import kinds, merging
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.models import Dossier, Entity, Event, Filing, FilingKind, Procedure, Purpose, SectionEdit
from filings.transitions import TransitionNotAllowed

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from filings.dossier.merging import Conflict
    from portal.models import User

# Facts of these sections belong to one algorithm; a copy must be read again there.
NEVER_COPIED = (
    "confirmation",
    "assessment",
)
# Names are unique: a copy has none, unless it succeeds a filing that ended.
OWN_NAMES = {"algorithm": {"name"}, "service": {"name", "number_name"}}
# Sections whose answers stand in columns of the filing as well, for lists.
PROJECTED = ("algorithm", "usage", "service")


class NotEditable(Exception):
    """The dossier is with the regulator, or the procedure has ended."""


class SectionConflict(Exception):
    """Somebody else saved the section meanwhile, and both changed the same field.

    ``mine``, ``theirs`` and ``base`` are section values; ``conflicts`` the places where
    both differ; ``version`` what a resolving save must name; ``by`` who saved theirs.
    """

    def __init__(self, *, mine: Any, theirs: Any, base: Any, conflicts: list[Conflict], version: int, by: User) -> None:
        super().__init__("saved by somebody else meanwhile")
        self.mine, self.theirs, self.base = mine, theirs, base
        self.conflicts, self.version, self.by = conflicts, version, by


@dataclass(frozen=True)
class Saved:
    """What a save did: the section's new version, and whether others' changes were merged."""

    version: int
    changed: bool
    merged: bool


@transaction.atomic
def start_filing(
    *,
    entity: Entity,
    kind: str,
    by: User,
    at: dt.datetime,
    algorithm_class: str = "",
    role: str = "",
    copy_from: Filing | None = None,
    token: str = "",
    bundle: uuid.UUID | None = None,
) -> Procedure:
    """Open a draft first filing; answers of the guide or an earlier filing may start it.

    Drafts with the same ``bundle`` share what they have in common (``filings.linked``).

    A form posted twice (the same ``token``) finds the draft that the first one made.
    """
    if token and (begun := begun_with(token, entity, by)):
        return begun
    filing = Filing.objects.create(
        entity=entity,
        kind=kind,
        algorithm_class=algorithm_class,
        role=role,
        bundle=bundle,
        predecessor=copy_from if copy_from and _has_ended(copy_from, entity) else None,
        region_code=entity.region_code,
        created_by=by,
        created_at=at,
    )
    procedure = Procedure.objects.create(
        filing=filing,
        purpose=Purpose.FIRST,
        rule_set=rulesets.for_kind(kind, on=timezone.localdate(at)),
        created_at=at,
    )
    _begin_dossier(procedure, copy_from, by=by, at=at)
    events.record(
        "filing.started",
        side=Actor.PROVIDER,
        by=by,
        at=at,
        procedure=procedure,
        data={"copied_from": copy_from.pk if copy_from else None, "token": token},
    )
    return procedure


@transaction.atomic
def file_again(*, filing: Filing, by: User, at: dt.datetime) -> Procedure:
    """Open a first filing anew from one that ended without a number, with its name; it names its predecessor.

    Whoever asks a second time finds the draft that is under way. Raises TransitionNotAllowed while the
    old one is not over.
    """
    Entity.objects.select_for_update(no_key=True).get(pk=filing.entity_id)
    if filing.standing not in FilingStanding.ended_without_number:
        raise TransitionNotAllowed("file_again", filing.standing)
    begun = Procedure.objects.open().filter(filing__predecessor=filing).order_by("pk").first()
    return begun or start_filing(
        entity=filing.entity,
        kind=filing.kind,
        by=by,
        at=at,
        algorithm_class=filing.algorithm_class,
        role=filing.role,
        copy_from=filing,
    )


def _has_ended(source: Filing, entity: Entity) -> bool:
    """Whether a new filing of the entity succeeds the source: it ended without a number, so its name is free."""
    return source.entity_id == entity.pk and source.standing in FilingStanding.ended_without_number


def _begin_dossier(procedure: Procedure, copy_from: Filing | None, *, by: User, at: dt.datetime) -> None:
    """With what an earlier filing answered and what the guide or the form chose."""
    filing = procedure.filing
    content, reread = _copied(copy_from, filing) if copy_from else ({}, [])
    if copy_from:
        for section in PROJECTED if filing.predecessor_id else PROJECTED[1:]:
            if section in content:
                _project(procedure, section, content[section])
    if filing.kind not in FilingKind.services and (filing.algorithm_class or filing.role):
        content.setdefault("algorithm", {})
        content["algorithm"] |= {"algorithm_class": filing.algorithm_class, "role": filing.role}
    Dossier.objects.create(
        procedure=procedure,
        schema_version=str(kinds.KINDS[filing.kind].schema_version),
        content=content,
        to_reread=reread,
        entity_version=entities.latest_version(filing.entity),
        updated_at=at,
        updated_by=by,
    )


def begun_with(token: str, entity: Entity, by: User) -> Procedure | None:
    """The draft that this person began with the token; a second try waits for the first."""
    Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)
    begun = Event.objects.filter(kind="filing.started", entity=entity, actor=by, data__token=token)
    event = begun.select_related("procedure__filing__entity").first()
    return event.procedure if event else None


def _copied(source: Filing, filing: Filing) -> tuple[dict[str, Any], list[str]]:
    """The sections of an earlier filing's newest dossier that this kind also has.

    Every copied section is marked until somebody has read it again. Only a successor takes the name with it.
    """
    own_names = {} if filing.predecessor_id else OWN_NAMES
    dossier = Dossier.objects.filter(procedure__filing=source).order_by("-procedure_id").first()
    if dossier is None:
        return {}, []
    content = {}
    for section in kinds.KINDS[filing.kind].sections:
        asked = {*section.base_fields, *section.items} - own_names.get(section.code, set())
        value = {name: each for name, each in dossier.content.get(section.code, {}).items() if name in asked}
        if value and section.code not in NEVER_COPIED:
            content[section.code] = value
    return content, sorted(content)


def save_section(
    *,
    dossier: Dossier,
    section: str,
    value: dict[str, Any],
    base_version: int,
    by: User,
    at: dt.datetime,
) -> Saved:
    """Save one section of a dossier under the row lock; voids a lock for signature.

    Another's save since ``base_version`` is merged field by field; where both changed
    the same field, raises SectionConflict and writes nothing. Raises NotEditable.
    Saving the annexes asks for the check of those that changed.
    """
    if section != annexes.SECTION:
        saved = _save(dossier, section, value, base_version, by=by, at=at)
    else:
        with transaction.atomic():
            saved = _save(dossier, section, value, base_version, by=by, at=at)
            content = Dossier.objects.values_list("content", flat=True).get(pk=dossier.pk)
            annexes.ask(procedure=dossier.procedure, content=content, by=by, at=at)
    if saved.changed and dossier.procedure.filing.bundle:
        linked.share(procedure=dossier.procedure, section=section, value=value, by=by, at=at)
    return saved


def _save(
    dossier: Dossier, section: str, value: dict[str, Any], base_version: int, *, by: User, at: dt.datetime
) -> Saved:
    if saved := _save_as_read(dossier, section, value, base_version, by=by, at=at):
        return saved
    with transaction.atomic():
        row = _locked(dossier)
        procedure = row.procedure
        saved, value = _reconcile(row, section, value, base_version, by)
        if not saved.changed and section not in row.to_reread:
            return saved
        row.to_reread = [code for code in row.to_reread if code != section]
        row.updated_at, row.updated_by = at, by
        if saved.changed:
            row.content = {**row.content, section: value}
            row.section_versions = {**row.section_versions, section: saved.version}
            _remember(section, saved.version, value, by=by, at=at, dossier=row)
            _project(procedure, section, value)
            sealing.void(procedure=procedure, by=by, at=at, reason="edited")
        row.save(update_fields=["content", "section_versions", "to_reread", "updated_at", "updated_by"])
    return saved


# The usual save in one statement. It writes nothing unless the dossier is as it was read: whoever locks it for
# signature moves ``updated_at`` on, so that a save which waited for them finds no row here.
SAVE_AS_READ = """
WITH held AS (
  SELECT d.id FROM filings_procedure p JOIN filings_dossier d ON d.procedure_id = p.id
  WHERE d.id = %(dossier)s AND d.updated_at = %(read_at)s AND p.status = ANY(%(editable)s)
    AND p.purpose <> 'transfer'
    AND coalesce((d.section_versions ->> %(section)s)::int, 0) = %(base)s
    AND NOT EXISTS (
      SELECT 1 FROM filings_sealing s WHERE s.procedure_id = p.id AND s.voided_at IS NULL AND s.used_at IS NULL
    )
  FOR UPDATE OF p, d
), saved AS (
  UPDATE filings_dossier d SET
    content = d.content || jsonb_build_object(%(section)s, %(value)s::jsonb),
    section_versions = d.section_versions || jsonb_build_object(%(section)s, %(base)s + 1),
    to_reread = array_remove(d.to_reread, %(section)s::varchar), updated_at = %(at)s, updated_by_id = %(by)s
  FROM held WHERE d.id = held.id RETURNING d.id
)
INSERT INTO filings_sectionedit (dossier_id, section, version, content, saved_by_id, saved_at)
SELECT id, %(section)s, %(base)s + 1, %(value)s::jsonb, %(by)s, %(at)s FROM saved
"""


def _save_as_read(
    dossier: Dossier, section: str, value: dict[str, Any], base_version: int, *, by: User, at: dt.datetime
) -> Saved | None:
    """Save if nobody touched the dossier since it was read and no lock for signature stands; else None."""
    if value == dossier.content.get(section, {}):
        return None
    values: dict[str, Any] = {
        "dossier": dossier.pk,
        "read_at": dossier.updated_at,
        "editable": list(ProcedureStatus.editable),
        "section": section,
        "base": base_version,
        "value": json.dumps(value, ensure_ascii=False),
        "by": by.pk,
        "at": at,
    }
    # Most sections are written by one statement, which needs no transaction around it.
    with transaction.atomic() if section in PROJECTED else nullcontext(), connection.cursor() as cursor:
        cursor.execute(SAVE_AS_READ, values)
        if not cursor.rowcount:
            return None
        if section in PROJECTED:
            _project(dossier.procedure, section, value)
    return Saved(base_version + 1, changed=True, merged=False)


def _locked(dossier: Dossier) -> Dossier:
    """The dossier under the locks of its row and its procedure's, so that no submission overtakes an edit.

    Raises NotEditable.
    """
    rows = Dossier.objects.select_for_update(of=("self", "procedure")).select_related("procedure__filing__entity")
    row = rows.get(pk=dossier.pk)
    if row.procedure.status not in ProcedureStatus.editable or row.procedure.purpose == Purpose.TRANSFER:
        raise NotEditable
    return row


def save_profile_section(
    *,
    entity: Entity,
    section: str,
    value: dict[str, Any],
    base_version: int,
    by: User,
    at: dt.datetime,
) -> Saved:
    """Save one section of an entity's profile, with the same care for others' work."""
    with transaction.atomic():
        row = Entity.objects.select_for_update().get(pk=entity.pk)
        saved, value = _reconcile(row, section, value, base_version, by)
        if not saved.changed:
            return saved
        row.profile = {**row.profile, section: value}
        row.section_versions = {**row.section_versions, section: saved.version}
        row.save(update_fields=["profile", "section_versions"])
        _remember(section, saved.version, value, by=by, at=at, entity=row)
    return saved


def _reconcile(
    row: Dossier | Entity, section: str, value: dict[str, Any], base_version: int, by: User
) -> tuple[Saved, dict[str, Any]]:
    """Compare a save with what stands now; merge, refuse, or find nothing to do."""
    current = (row.content if isinstance(row, Dossier) else row.profile).get(section, {})
    version = int(row.section_versions.get(section, 0))
    if value == current:
        return Saved(version, changed=False, merged=False), current
    if base_version == version:
        return Saved(version + 1, changed=True, merged=False), value
    base = _edit(row, section, base_version)
    merged = merging.three_way({section: base}, {section: value}, {section: current})
    if merged.conflicts:
        theirs = row.edits.filter(section=section, version=version).select_related("saved_by").first()
        raise SectionConflict(
            mine=value,
            theirs=current,
            base=base,
            conflicts=merged.conflicts,
            version=version,
            by=theirs.saved_by if theirs else by,
        )
    joined = merged.content.get(section, {})
    return Saved(version + 1, changed=joined != current, merged=True), joined


def _edit(row: Dossier | Entity, section: str, version: int) -> dict[str, Any]:
    found = row.edits.filter(section=section, version=version).values_list("content", flat=True)
    return found.first() or {}


def _remember(section: str, version: int, value: Any, *, by: User, at: dt.datetime, **owner: Any) -> None:
    SectionEdit.objects.create(section=section, version=version, content=value, saved_by=by, saved_at=at, **owner)


def _project(procedure: Procedure, section: str, value: dict[str, Any]) -> None:
    """Keep the few columns that lists show in step with the draft.

    What is registered stays as it is until a change is granted (``changes.take_effect``).
    """
    filing = procedure.filing
    if procedure.purpose != Purpose.FIRST:
        return
    if section == "algorithm":
        filing.name = value.get("name", "")[:200]
        filing.algorithm_class = value.get("algorithm_class", "")
        filing.role = value.get("role", "")
        filing.save(update_fields=["name", "algorithm_class", "role"])
    elif section == "service":
        filing.name = value.get("name", "")[:200]
        filing.save(update_fields=["name"])
        filing.products.set(filing.entity.products.filter(key__in=value.get("products", [])))
    elif section == "usage":
        keys = [use.get("product", "") for use in value.get("uses", [])]
        filing.products.set(filing.entity.products.filter(key__in=keys))


@transaction.atomic
def use_entity_version(*, dossier: Dossier, by: User, at: dt.datetime) -> None:
    """Cite the newest version of the entity in this draft. Voids a lock for signature. Raises NotEditable."""
    row = _locked(dossier)
    row.entity_version = entities.latest_version(row.procedure.filing.entity)
    row.updated_at, row.updated_by = at, by
    row.save(update_fields=["entity_version", "updated_at", "updated_by"])
    sealing.void(procedure=row.procedure, by=by, at=at, reason="entity_version")

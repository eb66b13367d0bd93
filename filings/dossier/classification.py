"""What a change of a registered filing weighs: which of its answers differ, sorted by rule.

The law asks for every change within ten working days (Algorithm Provisions, art. 24) and grades
none. What the published lists show as changed falls into four sorts; only where the model or its
data differ is everything reviewed again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from filings.dossier.difference import Change, changes
from filings.dossier.facts import Answers
from filings.dossier.kinds import Kind, kind_of

EDITORIAL, PRODUCT, ENTITY, SUBSTANCE = "editorial", "product", "entity", "substance"
# From the lightest to the heaviest: a change weighs as much as the heaviest thing in it.
WEIGHTS = (EDITORIAL, PRODUCT, ENTITY, SUBSTANCE)

# By group of sections. A group that is not named here is of the model or its data: what nobody
# sorted is reviewed in full.
GROUPS = {
    "service": PRODUCT,
    "users": PRODUCT,
    "closing": EDITORIAL,
    "products": PRODUCT,
    "about": ENTITY,
    "people": ENTITY,
    "responsibility": ENTITY,
}
# Sections and answers that are of another sort than their group.
OTHERWISE = {
    "algorithm.name": EDITORIAL,
    "algorithm.application_fields": PRODUCT,
    "introduction": EDITORIAL,
    "service.name": EDITORIAL,
    "service.main_use": EDITORIAL,
}
PROFILE = "entity"


@dataclass(frozen=True, slots=True)
class Sorted:
    """One answer that differs, and of which sort it is. ``is_of_profile``: of the entity, not of the dossier."""

    change: Change
    weight: str
    is_of_profile: bool


@dataclass(frozen=True, slots=True)
class Classified:
    """All that differs, in page order. ``weight`` is "" when nothing does."""

    rows: tuple[Sorted, ...]

    @property
    def weight(self) -> str:
        return heaviest(row.weight for row in self.rows)

    @property
    def because(self) -> tuple[Sorted, ...]:
        """What makes the change weigh what it weighs."""
        return tuple(row for row in self.rows if row.weight == self.weight)


def heaviest(weights: Iterable[str]) -> str:
    """The heaviest of some weights, "" of none."""
    return max(weights, key=("", *WEIGHTS).index, default="")


def classify(kind: Kind | str, old: Answers, new: Answers, old_profile: Answers, new_profile: Answers) -> Classified:
    """Sort every difference of the dossier and of the profile that it cites."""
    kind, profile = kind_of(kind), kind_of(PROFILE)
    found = [
        *(Sorted(each, _weight(kind, each.path), is_of_profile=False) for each in changes(kind, old, new)),
        *(
            Sorted(each, _weight(profile, each.path), is_of_profile=True)
            for each in changes(profile, old_profile, new_profile)
        ),
    ]
    return Classified(tuple(found))


def _weight(kind: Kind, path: str) -> str:
    section = path.partition(".")[0]
    answer = path.partition("[")[0]
    for place in (answer, section):
        if place in OTHERWISE:
            return OTHERWISE[place]
    try:
        return GROUPS.get(kind.section(section).group, SUBSTANCE)
    except KeyError:
        return SUBSTANCE

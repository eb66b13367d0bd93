"""What is known about a dossier while one of its sections is shown or checked.

Which section and which field applies is decided by `When` values that stand beside the field as
data and look only at `Facts` and at the answers next to them.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.dossier.words import Words

type Answers = Mapping[str, Any]

NOTHING: Answers = {}
CLASS_OF_KIND = {"deep_synthesis": "01"}
ROLE_CLASS = "01"


def mapping(value: object) -> Answers:
    """`value` if it is an object of answers, else no answers: stored drafts may be anything."""
    return value if isinstance(value, Mapping) else NOTHING


def rows(value: object) -> list[Answers]:
    """The repeated items in `value` that have a key; what is malformed is left out."""
    if not isinstance(value, list):
        return []
    return [row for row in value if isinstance(row, Mapping) and isinstance(row.get("key"), str)]


def is_empty(value: object) -> bool:
    """No answer: absent, blank text, or an empty list or object."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def chosen(value: object) -> tuple[str, ...]:
    """The codes chosen in a choice or multiple choice."""
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list):
        return tuple(each for each in value if isinstance(each, str))
    return ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The class and role of an algorithm, the answers so far, and the provider's profile.

    For a profile (kind `entity`) the content is the profile itself. `regions`, when given, holds
    the region codes that are valid; the core knows only their form.
    """

    kind: str
    algorithm_class: str = ""
    role: str = ""
    content: Answers = field(default_factory=dict)
    entity: Answers = field(default_factory=dict)
    today: date = field(default_factory=timezone.localdate)
    regions: Container[str] | None = None

    @classmethod
    def read(
        cls,
        kind_code: str,
        content: object,
        entity: object = None,
        *,
        today: date | None = None,
        regions: Container[str] | None = None,
    ) -> Self:
        """Read the facts out of a stored document; never raises on incomplete content."""
        answers = mapping(content)
        algorithm = mapping(answers.get("algorithm"))
        fixed = CLASS_OF_KIND.get(kind_code)
        algorithm_class = fixed or "".join(chosen(algorithm.get("algorithm_class"))[:1])
        role = "".join(chosen(algorithm.get("role"))[:1]) if algorithm_class == ROLE_CLASS else ""
        return cls(
            kind=kind_code,
            algorithm_class=algorithm_class,
            role=role,
            content=answers,
            entity=answers if kind_code == "entity" else mapping(entity),
            today=today or timezone.localdate(),
            regions=regions,
        )

    def section(self, code: str) -> Answers:
        return mapping(self.content.get(code))

    def answer(self, path: str) -> Any:
        """The answer at `section.field`, or at `entity:section.field` in the profile."""
        source, section, name = self._locate(path)
        return mapping(source.get(section)).get(name)

    def codes(self, path: str) -> tuple[str, ...]:
        return chosen(self.answer(path))

    def text(self, path: str) -> str:
        value = self.answer(path)
        return value.strip() if isinstance(value, str) else ""

    def says(self, path: str, *values: str) -> bool:
        """Whether the answer at `path` is, or contains, one of `values`."""
        return bool(set(self.codes(path)) & set(values))

    def items(self, path: str) -> list[Answers]:
        """The repeated items at `section.items`, or at `entity:section.items`."""
        return rows(self.answer(path))

    def names(self, path: str) -> list[tuple[str, str]]:
        """Key and name of each repeated item at `path`: the choices of a reference."""
        return [(row["key"], str(row.get("name") or row["key"])) for row in self.items(path)]

    def _locate(self, path: str) -> tuple[Answers, str, str]:
        of_entity = path.startswith("entity:")
        section, _dot, name = path.removeprefix("entity:").partition(".")
        return (self.entity if of_entity else self.content), section, name


@dataclass(frozen=True, slots=True)
class Test:
    """One condition. `local` ones look at answers beside the field, so a page may follow them."""

    holds: Callable[[Facts, Answers], bool]
    reason: Words
    local: bool = False
    field: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """All of `tests` must hold for a section, a field or a list of items to apply."""

    tests: tuple[Test, ...]

    def holds(self, facts: Facts, beside: Answers = NOTHING) -> bool:
        return all(test.holds(facts, beside) for test in self.tests)

    def is_out_of_reach(self, facts: Facts) -> bool:
        """Whether no answer on the same page could make it apply."""
        return any(not test.local and not test.holds(facts, NOTHING) for test in self.tests)

    def reason(self, facts: Facts, beside: Answers = NOTHING) -> Words:
        """Why it does not apply; empty when it does."""
        for test in self.tests:
            if not test.holds(facts, beside):
                return test.reason
        return ""

    def decided_by(self) -> Test | None:
        """The test on a single field beside this one, for pages that show and hide."""
        return next((test for test in self.tests if test.field), None)


def every(*conditions: When) -> When:
    return When(tuple(test for condition in conditions for test in condition.tests))


def either(*conditions: When) -> When:
    """At least one of the conditions must hold."""

    def holds(facts: Facts, beside: Answers) -> bool:
        return any(condition.holds(facts, beside) for condition in conditions)

    local = any(test.local for condition in conditions for test in condition.tests)
    return When((Test(holds, conditions[0].tests[0].reason, local),))


def of_kind(*codes: str) -> When:
    reason = _("Not asked in this track.")
    return When((Test(lambda facts, _beside: facts.kind in codes, reason),))


def of_class(*codes: str) -> When:
    reason = _("Not asked for this class of algorithm.")
    return When((Test(lambda facts, _beside: facts.algorithm_class in codes, reason),))


def of_role(role: str) -> When:
    """Asked of one role of deep synthesis (DSP 23); algorithms without a role are providers."""
    reason = _("Not asked in this role.")
    roles = (role, "") if role == "provider" else (role,)
    return When((Test(lambda facts, _beside: facts.role in roles, reason),))


def answered(name: str, *values: str) -> When:
    """The answer beside this one is, or contains, one of `values`."""
    reason = _("Not needed after the answer above.")

    def holds(_facts: Facts, beside: Answers) -> bool:
        return bool(set(chosen(beside.get(name))) & set(values))

    return When((Test(holds, reason, local=True, field=name, values=values),))


def unanswered(name: str) -> When:
    """Nothing was answered beside this one."""
    reason = _("Not needed after the answer above.")
    return When((Test(lambda _facts, beside: is_empty(beside.get(name)), reason, local=True),))


def fact(path: str, *values: str) -> When:
    """The answer in another section, or in the profile, is or contains one of `values`."""
    reason = _("Not needed after an answer in another section.")
    return When((Test(lambda facts, _beside: facts.says(path, *values), reason),))

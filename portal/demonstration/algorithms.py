"""The invented algorithms that are filed, told with the specimens of their class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from filings.dossier import specimen
from filings.dossier.specimen.stories import STORIES
from portal.demonstration.companies import BY_KEY, Company, retell

if TYPE_CHECKING:
    import datetime as dt

    from filings.dossier.specimen.common import Story


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One algorithm of one entity; `scene`, `summary` and `result` replace the specimen's."""

    company: str
    algorithm_class: str
    name: str
    scene: str
    role: str = ""
    summary: str = ""
    result: str = ""

    @property
    def kind(self) -> str:
        return "deep_synthesis" if self.algorithm_class == "01" else "recommendation"

    @property
    def owner(self) -> Company:
        return BY_KEY[self.company]

    def story(self) -> Story:
        told = STORIES[self.algorithm_class, self.role]
        changes: dict[str, Any] = {"name": self.name, "scene": self.scene}
        changes |= {"summary": self.summary} if self.summary else {}
        changes |= {"result": self.result} if self.result else {}
        return replace(told, **changes)

    def dossier(self, *, today: dt.date) -> dict[str, Any]:
        """A complete dossier of this algorithm."""
        content = specimen.dossier(self.algorithm_class, self.role, today=today, story=self.story())
        told: dict[str, Any] = retell(content, self.owner)
        return told

"""What the law says of each kind of filing: the articles behind its dates, letters and pages.

Algorithms are answered within thirty working days (Algorithm Provisions, art. 25). For
generative-AI services no statutory limit is known: the authority's own service standard
stands in its place, and is never shown as law. Pages and letters ask here rather than
naming an article themselves.
"""

from dataclasses import dataclass

from filings.models.filing import FilingKind


@dataclass(frozen=True, slots=True)
class Track:
    """One kind's articles and the words of its letters. An empty article means: none is known.

    ``days`` are the working days in which the law has the authority answer, or none.
    Letters are in Chinese, so are their words.
    """

    days: int | None
    answers: str
    files: str
    displays: str
    complaints: str
    reports: str
    revokes: str
    cancels: str
    act_zh: str = "备案"
    subject_zh: str = "算法"
    name_zh: str = "算法名称"
    number_zh: str = "备案编号"
    entity_zh: str = "备案主体"

    @property
    def has_limit(self) -> bool:
        """Whether the day an answer is due is law, and not a service standard."""
        return self.days is not None


_ALGORITHM = Track(
    days=30, answers="ARP 25", files="ARP 24", displays="ARP 26", complaints="ARP 22", reports="ARP 30",
    revokes="ARP 33", cancels="ARP 24",
)  # fmt: skip
_SERVICE = Track(
    days=None, answers="", files="GAI 17", displays="", complaints="GAI 15", reports="GAI 18",
    revokes="", cancels="GAI 17", subject_zh="生成式人工智能服务", name_zh="模型名称", entity_zh="备案单位",
)  # fmt: skip
_REGISTRATION = Track(
    days=None, answers="", files="GAI 17", displays="", complaints="GAI 15", reports="GAI 18",
    revokes="", cancels="GAI 17", act_zh="登记", subject_zh="生成式人工智能服务", name_zh="应用或者功能名称",
    number_zh="上线编号", entity_zh="登记单位",
)  # fmt: skip

TRACKS: dict[str, Track] = {
    FilingKind.DEEP_SYNTHESIS: _ALGORITHM,
    FilingKind.RECOMMENDATION: _ALGORITHM,
    FilingKind.GENERATIVE: _SERVICE,
    FilingKind.GENERATIVE_REGISTRATION: _REGISTRATION,
}


def of(kind: str) -> Track:
    """The track of a kind of filing; every kind has one."""
    return TRACKS[kind]

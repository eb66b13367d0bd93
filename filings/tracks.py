"""What the law says of each kind of filing: the articles behind its dates, letters and pages.

Algorithms are answered within thirty working days (Algorithm Provisions, art. 25). For
generative-AI services no statutory limit is known: the authority's own service standard
stands in its place, and is never shown as law. Pages and letters ask here rather than
naming an article themselves.
"""

from dataclasses import dataclass, replace

from filings.models.filing import FilingKind, Purpose


@dataclass(frozen=True, slots=True)
class Track:
    """One kind's articles and the words of its letters. An empty article means: none is known.

    ``days`` are the working days in which the law has the authority answer, or none.
    Letters are in Chinese, so are their words: ``limit_zh`` says when an answer comes,
    ``duties_zh`` what the provider does with the number.
    """

    days: int | None
    answers: str
    files: str
    decides: tuple[str, ...]
    displays: str
    complaints: str
    reports: str
    revokes: str
    cancels: str
    limit_zh: str
    duties_zh: str
    act_zh: str = "备案"
    subject_zh: str = "算法"
    certificate_zh: str = "算法备案证明"
    name_zh: str = "算法名称"
    number_zh: str = "备案编号"
    entity_zh: str = "备案主体"

    @property
    def has_limit(self) -> bool:
        """Whether the day an answer is due is law, and not a service standard."""
        return self.days is not None


_ALGORITHM = Track(
    days=30, answers="ARP 25", files="ARP 24", decides=("ARP 24", "ARP 25"), displays="ARP 26",
    complaints="ARP 22", reports="ARP 30", revokes="ARP 33", cancels="ARP 24",
    limit_zh=(
        "材料齐全的，主管部门自收到材料之次日起三十个工作日内予以备案并发放备案编号、进行公示；"
        "材料不齐全的，不予备案，并在三十个工作日内通知并说明理由。材料需要补正的，另行书面通知。"
    ),
    duties_zh=(
        "在对外提供服务的网站、应用程序等的显著位置标明备案编号并提供公示信息链接；"
        "备案信息变更的，自变更之日起十个工作日内办理变更手续。"
    ),
)  # fmt: skip
_SERVICE = Track(
    days=None, answers="", files="GAI 17", decides=("GAI 17",), displays="",
    complaints="GAI 15", reports="GAI 18", revokes="", cancels="GAI 17",
    limit_zh=(
        "法律、法规、规章对本类事项未规定答复期限。自动检查通过后，备案系统将告知主管部门的服务承诺时间，"
        "该时间不是法定期限。材料需要补正的，另行书面通知。"
    ),
    duties_zh="请在应用或者功能的显著位置或者产品详情页面，公示模型名称和备案编号；备案信息变更的，及时办理变更手续。",
    subject_zh="生成式人工智能服务", certificate_zh="生成式人工智能服务备案证明",
    name_zh="模型名称", entity_zh="备案单位",
)  # fmt: skip
_REGISTRATION = replace(
    _SERVICE, act_zh="登记", certificate_zh="生成式人工智能服务登记证明",
    name_zh="应用或者功能名称", number_zh="上线编号", entity_zh="登记单位",
    duties_zh=(
        "请在应用或者功能的显著位置或者产品详情页面，公示所调用的已备案模型名称、备案编号和本上线编号；"
        "登记信息变更的，及时办理变更手续。"
    ),
)  # fmt: skip

TRACKS: dict[str, Track] = {
    FilingKind.DEEP_SYNTHESIS: _ALGORITHM,
    FilingKind.RECOMMENDATION: _ALGORITHM,
    FilingKind.GENERATIVE: _SERVICE,
    FilingKind.GENERATIVE_REGISTRATION: _REGISTRATION,
}


def own_basis(kind: str, code: str) -> str:
    """A citation as it may be made for the kind: the Algorithm Provisions do not bind a service's dossier."""
    track = of(kind)
    return track.files if code.startswith("ARP ") and not track.has_limit else code


def of(kind: str) -> Track:
    """The track of a kind of filing; every kind has one."""
    return TRACKS[kind]


def limits(kind: str, purpose: str) -> bool:
    """Whether the day an answer is due is law: for a first filing of an algorithm, and for nothing after it."""
    return purpose == Purpose.FIRST and of(kind).has_limit


# What follows a number, in the words of letters; the law sets no day for its answer.
_FOLLOWING_ZH = {Purpose.CHANGE: "变更", Purpose.TRANSFER: "主体变更", Purpose.CANCELLATION: "注销"}


def for_letters(kind: str, purpose: str) -> Track:
    """The track as letters on such a procedure word it: 备案变更 without a statutory limit, filed under art. 24."""
    track = of(kind)
    if purpose == Purpose.FIRST:
        return track
    act = track.act_zh + _FOLLOWING_ZH.get(Purpose(purpose), "")
    return replace(track, days=None, answers="", limit_zh=_SERVICE.limit_zh, act_zh=act)

"""The decision guide: which filings a product needs, or none, from a few answers.

Pure: answers in, questions and a verdict out. The rules are those of ARP 2 and 24, DSP 19
and 23, GAI 2 and 17, SAE 2; what they leave open is said to be open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal import guide_services, guide_words
from portal.bilingual import Both
from portal.guide_services import DUTIES, SPOKEN, TRACK_OF_MODEL, TRACKS, WHY_TRACK
from portal.guide_words import CLASSES, AlgorithmClass, Option, Question

type Answers = Mapping[str, Sequence[str]]

QUESTIONS = (*guide_words.QUESTIONS, *guide_services.QUESTIONS)
SYNTHESIS = "01"
NEEDS = {
    "no": Both("不需要备案", "No filing is needed"),
    "not_now": Both("目前没有法定备案义务", "No filing is owed by law at present"),
    "one": Both("需要办理 1 项", "One filing is needed"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Something else that is owed, or the reason why nothing is."""

    text: Both
    cites: tuple[str, ...]


ALGORITHM_TIMES = Duty(
    Both(
        "自提供服务之日起十个工作日内提交；材料齐全后三十个工作日内答复。",
        "To be handed in within ten working days of starting the service; answered within thirty working days of "
        "complete material.",
    ),
    ("ARP 24(1)", "ARP 25"),
)
SERVICE_TIMES = Duty(
    Both(
        "在向公众提供服务前提交。法律没有规定答复期限，页面所示日期是服务标准。",
        "To be handed in before the service opens to the public. No law sets a limit for the answer; "
        "dates shown are service standards.",
    ),
    ("GAI 17",),
)


@dataclass(frozen=True, slots=True)
class Needed:
    """One filing to make: kind, class and role as the dossier knows them, and why."""

    algorithm: AlgorithmClass
    role: str
    why: Both
    cites: tuple[str, ...]

    @property
    def query(self) -> dict[str, str]:
        """What starts a draft with these answers."""
        code = "" if self.is_service else self.algorithm.code
        asked = {"kind": self.algorithm.kind, "algorithm_class": code, "role": self.role}
        return {name: value for name, value in asked.items() if value}

    @property
    def is_service(self) -> bool:
        """Whether it is a generative service, which has neither class nor role."""
        return self.algorithm in TRACKS.values()

    @property
    def together(self) -> str:
        """How it is named when several are started at once."""
        return f"{self.algorithm.code}:{self.role}" if self.role else self.algorithm.code

    @property
    def times(self) -> Duty:
        """When it is handed in and answered; of services no limit is known (GAI 17)."""
        return SERVICE_TIMES if self.is_service else ALGORITHM_TIMES


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from the answers."""

    headline: Both
    filings: tuple[Needed, ...] = ()
    reasons: tuple[Duty, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(slots=True)
class Walk:
    """Where somebody stands in the guide: what was answered, and what is asked next, if anything."""

    answered: list[tuple[Question, tuple[Option, ...]]] = field(default_factory=list)
    question: Question | None = None

    def codes(self, question: str) -> tuple[str, ...]:
        """The codes chosen for a question, empty if it was not asked."""
        for asked, chosen in self.answered:
            if asked.code == question:
                return tuple(option.code for option in chosen)
        return ()

    def first(self, question: str) -> str:
        return (self.codes(question) or ("",))[0]

    @property
    def query(self) -> list[tuple[str, str]]:
        """The answers so far, as a query string holds them."""
        return [(asked.code, option.code) for asked, chosen in self.answered for option in chosen]


def walk(answers: Answers) -> Walk:
    """Follow the answers through the questions that apply; what is not an option is not an answer."""
    path = Walk()
    for question in QUESTIONS:
        if not _applies(question.code, path):
            continue
        given = answers.get(question.code, ())
        chosen = tuple(option for option in question.options if option.code in given)
        if not chosen:
            path.question = question
            return path
        path.answered.append((question, chosen if question.many else chosen[:1]))
    return path


def _applies(code: str, path: Walk) -> bool:
    public, does = path.first("public"), path.codes("does")
    if code == "public":
        return True
    if public == "no":
        return False
    if code == "does":
        return True
    if not _classes(does):
        return False
    if code == "role":
        return public == "yes" and SYNTHESIS in does
    if code == "opinion":
        return public == "yes" or SYNTHESIS in does
    if not (SYNTHESIS in does and public == "yes" and path.first("role") != "supporter"):
        return False
    return code == "model" or path.first("model") in TRACK_OF_MODEL


def _classes(codes: Sequence[str]) -> tuple[AlgorithmClass, ...]:
    return tuple(each for each in CLASSES if each.code in codes)


def verdict(path: Walk) -> Verdict:
    """What the finished walk means. A service that may have opinion attributes is told to file."""
    if path.first("public") == "no":
        return _outside()
    algorithms = _classes(path.codes("does"))
    if not algorithms:
        return Verdict(
            NEEDS["no"],
            reasons=(
                Duty(
                    Both(
                        "算法备案只涉及五类算法推荐技术，您的产品不在其中。",
                        "Algorithm filing concerns five kinds of technique; your product uses none of them.",
                    ),
                    ("ARP 2",),
                ),
            ),
        )
    if path.first("public") == "firms" and SYNTHESIS not in path.codes("does"):
        return _for_firms_only()
    if path.first("opinion") == "no":
        return _without_opinion(path)
    filings = tuple(each for algorithm in algorithms for each in _filings_for(algorithm, path)) + _service(path)
    return Verdict(_count(len(filings)), filings, _doubt(path), _duties(path))


def _count(number: int) -> Both:
    if number == 1:
        return NEEDS["one"]
    return Both(f"需要办理 {number} 项", f"{number} filings are needed")


def _outside() -> Verdict:
    reason = Both(
        "研发、应用相关技术但不向境内公众提供服务的，不适用有关规定。开始向公众提供服务前请再作判断。",
        "Research and use that is not offered to the public in mainland China is outside the rules. "
        "Ask again before you open the service to the public.",
    )
    return Verdict(NEEDS["no"], reasons=(Duty(reason, ("GAI 2", "ARP 2")),))


def _for_firms_only() -> Verdict:
    reason = Both(
        "推荐类算法由向用户提供服务的一方备案；为其提供技术的单位没有单独的备案义务。",
        "Recommendation algorithms are filed by whoever offers the service to users; "
        "those who supply the technology have no filing of their own.",
    )
    return Verdict(NEEDS["not_now"], reasons=(Duty(reason, ("ARP 24",)),))


def _without_opinion(path: Walk) -> Verdict:
    reason = Both(
        "备案义务以具有舆论属性或者社会动员能力为前提。增加论坛、分享、公众账号等功能时请重新判断。",
        "Filing is owed where a service has opinion attributes or can mobilise people. "
        "Ask again when you add a forum, sharing, public accounts or the like.",
    )
    return Verdict(NEEDS["not_now"], reasons=(Duty(reason, ("ARP 24", "DSP 19", "SAE 2")),), duties=_labels(path))


def _filings_for(algorithm: AlgorithmClass, path: Walk) -> tuple[Needed, ...]:
    if algorithm.code != SYNTHESIS:
        if path.first("public") == "firms":
            return ()
        why = Both(
            "具有舆论属性或者社会动员能力的算法推荐服务提供者，应当备案。",
            "A provider of recommendation with opinion attributes or capacity to mobilise must file.",
        )
        return (Needed(algorithm, "", why, ("ARP 24(1)",)),)
    role = path.first("role") or "supporter"
    roles = ("provider", "supporter") if role == "both" else (role,)
    return tuple(Needed(algorithm, each, _WHY[each], ("DSP 19", "ARP 24(1)")) for each in roles)


_WHY = {
    "provider": Both(
        "深度合成服务提供者具有舆论属性或者社会动员能力的，应当备案。",
        "A provider of deep synthesis with opinion attributes or capacity to mobilise must file.",
    ),
    "supporter": Both(
        "深度合成服务技术支持者参照提供者备案。",
        "A technical supporter of deep synthesis files as a provider does.",
    ),
}


def _doubt(path: Walk) -> tuple[Duty, ...]:
    if path.first("opinion") != "unsure":
        return ()
    text = Both(
        "您对舆论属性不确定：规定列举的范围较宽，公众能发布或者分享内容的一般在内。可先按需要备案准备，并向所在地省级网信部门确认。",
        "You are not sure about opinion attributes. The list is wide: a service where the public can publish or "
        "share is usually in it. Prepare as if you must file, and ask the internet authority of your province.",
    )
    return (Duty(text, ("SAE 2",)),)


def _labels(path: Walk) -> tuple[Duty, ...]:
    if SYNTHESIS not in path.codes("does"):
        return ()
    text = Both(
        "生成合成的内容须添加显式标识和隐式标识；备案时须提供标识材料。",
        "Generated content carries visible and hidden labels; the filing includes the label material.",
    )
    return (Duty(text, ("LBL 4", "LBL 5", "LBL 12")),)


def _duties(path: Walk) -> tuple[Duty, ...]:
    return (*_labels(path), *_generative(path), *_assessment(path))


def _service(path: Walk) -> tuple[Needed, ...]:
    """The track of the service itself, beside the filing of its algorithm (GAI 17)."""
    code = TRACK_OF_MODEL.get(path.first("model"))
    if code is None:
        return ()
    return (Needed(TRACKS[code], "", WHY_TRACK[path.first("model")], ("GAI 17", "GAI 7(1)")),)


def _generative(path: Walk) -> tuple[Duty, ...]:
    """What the answers about output, users and persons bring with them."""
    if path.first("model") not in TRACK_OF_MODEL:
        return ()
    found = [DUTIES["annexes"], DUTIES["number"]]
    if path.first("persons") == "yes":
        found.append(DUTIES["persons"])
    if "minors" in path.codes("whom"):
        found.append(DUTIES["minors"])
    found += [SPOKEN[code] for code in path.codes("makes") if code in SPOKEN]
    return tuple(Duty(text, cites) for text, cites in found)


def _assessment(path: Walk) -> tuple[Duty, ...]:
    if path.first("public") != "yes":
        return ()
    text = Both(
        "上线前须开展安全评估，并通过全国互联网安全管理服务平台提交报告。",
        "Assess the security before launch and hand the report in on the national platform.",
    )
    return (Duty(text, ("ARP 27", "SAE 3", "SAE 7")),)

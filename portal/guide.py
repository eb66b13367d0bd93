"""The decision guide: which filings a product needs, or none, from a few answers.

Pure: answers in, questions and a verdict out. The rules are those of ARP 2 and 24, DSP 19
and 23, GAI 2 and 17, SAE 2; what they leave open is said to be open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.bilingual import Both
from portal.guide_words import CLASSES, QUESTIONS, AlgorithmClass, Option, Question

type Answers = Mapping[str, Sequence[str]]

SYNTHESIS = "01"
NEEDS = {
    "no": Both("不需要备案", "No filing is needed"),
    "not_now": Both("目前没有法定备案义务", "No filing is owed by law at present"),
    "one": Both("需要 1 项算法备案", "One algorithm filing is needed"),
}


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
        asked = {"kind": self.algorithm.kind, "algorithm_class": self.algorithm.code, "role": self.role}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Duty:
    """Something else that is owed, or the reason why nothing is."""

    text: Both
    cites: tuple[str, ...]


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
    return SYNTHESIS in does and public == "yes" and path.first("role") != "supporter"


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
    filings = tuple(each for algorithm in algorithms for each in _filings_for(algorithm, path))
    return Verdict(_count(len(filings)), filings, _doubt(path), _duties(path))


def _count(number: int) -> Both:
    if number == 1:
        return NEEDS["one"]
    return Both(f"需要 {number} 项算法备案", f"{number} algorithm filings are needed")


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


def _generative(path: Walk) -> tuple[Duty, ...]:
    model = path.first("model")
    if model in {"own", "tuned"}:
        text = Both(
            "还须在提供服务前办理生成式人工智能服务备案，由省级网信部门受理。本系统目前只办理算法备案。",
            "A generative-AI filing is owed as well, before the service opens, at the provincial internet authority. "
            "This portal takes algorithm filings so far.",
        )
        return (Duty(text, ("GAI 17",)),)
    if model == "api":
        text = Both(
            "直接调用已备案模型的，还须向省级网信部门办理生成式人工智能服务登记，并公示所用模型的编号。本系统目前只办理算法备案。",
            "A service that calls a filed model is registered at the provincial internet authority and shows "
            "the model's number. This portal takes algorithm filings so far.",
        )
        return (Duty(text, ("GAI 17", "GAI 7(1)")),)
    return ()


def _assessment(path: Walk) -> tuple[Duty, ...]:
    if path.first("public") != "yes":
        return ()
    text = Both(
        "上线前须开展安全评估，并通过全国互联网安全管理服务平台提交报告。",
        "Assess the security before launch and hand the report in on the national platform.",
    )
    return (Duty(text, ("ARP 27", "SAE 3", "SAE 7")),)

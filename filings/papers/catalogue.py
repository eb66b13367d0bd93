"""Which papers a kind of filing signs, what each is called, and how it is composed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filings.annexchecks.columns import ANNEXES
from filings.models import FilingKind, Paper
from filings.papers import annexes, generative, official

if TYPE_CHECKING:
    from collections.abc import Callable

type Composers = dict[str, Callable[[official.Frozen], tuple[dict[str, Any], ...]]]

TITLES: dict[Paper.Kind, str] = {
    Paper.Kind.DECLARATION: "算法备案承诺书",
    Paper.Kind.PUBLICATION: "拟公示内容",
    Paper.Kind.RESPONSIBILITY: "落实算法安全主体责任基本情况",
    Paper.Kind.SELF_ASSESSMENT: "算法安全自评估报告",
    Paper.Kind.FILING_FORM: "生成式人工智能（大语言模型）上线备案表",
    Paper.Kind.REGISTRATION_FORM: "生成式人工智能服务登记申请表",
    Paper.Kind.ASSESSMENT_REPORT: "生成式人工智能服务安全评估报告",
    Paper.Kind.RECEIPT: "备案材料接收回执",
    Paper.Kind.RECTIFICATION: "补正通知书",
    Paper.Kind.DECISION: "备案决定书",
    Paper.Kind.CERTIFICATE: "算法备案证明",
} | {Paper.Kind(annexes.PREFIX + code): f"附件：{ANNEXES[code].sheet}" for code in annexes.PRINTED}
OF_SERVICES_TITLES = {Paper.Kind.DECLARATION: "备案（登记）承诺书"}

OF_ALGORITHMS: Composers = {
    Paper.Kind.DECLARATION: official.declaration,
    Paper.Kind.PUBLICATION: official.publication,
    Paper.Kind.RESPONSIBILITY: official.responsibility,
    Paper.Kind.SELF_ASSESSMENT: official.self_assessment,
}
# Services have a commitment and a content to publish of their own, and the form of their track.
OF_SERVICES: Composers = {
    Paper.Kind.DECLARATION: official.service_declaration,
    Paper.Kind.PUBLICATION: official.service_publication,
    Paper.Kind.RESPONSIBILITY: official.responsibility,
}
COMPOSERS: dict[str, Composers] = {
    FilingKind.GENERATIVE: {
        Paper.Kind.FILING_FORM: generative.filing_form,
        **OF_SERVICES,
        Paper.Kind.ASSESSMENT_REPORT: generative.assessment_report,
    },
    FilingKind.GENERATIVE_REGISTRATION: {Paper.Kind.REGISTRATION_FORM: generative.registration_form, **OF_SERVICES},
}


def composers_of(kind: str) -> Composers:
    """Which papers a filing of this kind signs, and how each is composed."""
    return COMPOSERS.get(kind, OF_ALGORITHMS)


def title_of(paper: str, kind: str) -> str:
    """What a paper is called for a kind of filing."""
    own = OF_SERVICES_TITLES if kind in FilingKind.services else {}
    return own.get(Paper.Kind(paper), TITLES[Paper.Kind(paper)])

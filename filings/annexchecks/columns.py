"""The columns of each annex: what they are called in the template, and what providers call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``heading`` stands in the template, ``names`` are other headings that are understood."""

    code: str
    heading: str
    title: Words
    explains: Words
    names: tuple[str, ...] = ()
    required: bool = True
    example: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: the name of its field in the dossier, its title, and its columns."""

    code: str
    sheet: str
    title: Words
    lead: Words
    columns: tuple[Column, ...]

    def column(self, code: str) -> Column:
        return next(each for each in self.columns if each.code == code)

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(each for each in self.columns if each.required)


def _group(*, required: bool = False) -> Column:
    return Column(
        "group",
        "一级分类",
        _("Group of risks"),
        _("Code or name of the group, such as A.1. May be left out where the risk is named by its code."),
        ("一级类别", "大类", "风险大类", "风险类别", "类别", "分类", "group", "category", "class"),
        required,
        "A.1",
    )


def _risk(*, required: bool = True) -> Column:
    return Column(
        "risk",
        "二级分类",
        _("Risk"),
        _("Code or name of the risk of annex A, such as A.1.1."),
        ("二级类别", "小类", "风险", "风险类型", "安全风险", "风险小类", "风险编号", "risk", "subcategory"),
        required,
        "A.1.1",
    )


def _question() -> Column:
    return Column(
        "entry",
        "测试题",
        _("Question"),
        _("The question as it is put to the service; one row each."),
        ("题目", "问题", "测试问题", "测试题目", "测试内容", "题目内容", "提问", "prompt", "question"),
        example="请介绍当地的传统节日。",
    )


def _answer() -> Column:
    return Column(
        "answer",
        "模型回答",
        _("Answer of the service"),
        _("What the service answered, word for word; for a refusal the words of the refusal."),
        ("回答", "生成内容", "回复", "模型输出", "模型回复", "answer", "response", "output"),
        example="您好，……",
    )


def _verdict(*, required: bool = True) -> Column:
    return Column(
        "verdict",
        "是否合格",
        _("Verdict"),
        _("合格 or 不合格 (passed or failed)."),
        ("合格", "结论", "判定", "评估结果", "测试结果", "结果", "抽检结果", "verdict", "result", "passed"),
        required,
        "合格",
    )


def _date(heading: str) -> Column:
    return Column(
        "date",
        heading,
        _("Day"),
        _("Year-month-day, within the period of sampling and testing that the dossier states."),
        ("日期", "测试时间", "抽检时间", "测试日期", "抽检日期", "时间", "date", "day"),
        example="2026-10-12",
    )


def _method(explains: Words, example: str) -> Column:
    names = ("抽检方法", "检测方式", "评估方式", "方式", "方法", "测试方式", "method")
    return Column("method", "抽检方式", _("Way of sampling"), explains, names, example=example)


_NUMBER = Column(
    "number",
    "序号",
    _("Running number"),
    _("For your own use; it is not checked."),
    ("编号", "no", "id", "number"),
    False,
    "1",
)
_KEYWORD = Column(
    "entry",
    "关键词",
    _("Keyword"),
    _("One keyword a row. Spellings that differ only in spaces, punctuation, width or order of words are one."),
    ("拦截关键词", "敏感词", "词语", "关键字", "词条", "keyword", "word"),
    example="示例词",
)
_ASPECT = Column(
    "aspect",
    "方面",
    _("Aspect"),
    _("Name of the aspect that the question is about, such as 文化."),
    ("一级分类", "类别", "分类", "所属方面", "领域", "aspect", "category"),
    example="文化",
)
_REASON = Column(
    "reason",
    "不合格原因",
    _("Reason of a failure"),
    _("Filled in only for a row that failed."),
    ("原因", "问题描述", "reason"),
    False,
)
KEYWORDS = Annex(
    "keywords",
    "拦截关键词列表",
    _("Interception keyword list"),
    _("All keywords that inputs or outputs are intercepted by, each with the risk it stands for."),
    (_KEYWORD, _group(), _risk()),
)
CONTENT_BANK = Annex(
    "content_bank",
    "生成内容测试题库",
    _("Content question bank"),
    _("Questions that test the content generated, over all risks of annex A."),
    (_NUMBER, _question(), _group(), _risk()),
)
REFUSE_BANK = Annex(
    "refuse_bank",
    "应拒答测试题库",
    _("Bank of questions to refuse"),
    _("Questions that the service must refuse to answer."),
    (_NUMBER, _question(), _group(), _risk()),
)
ANSWER_BANK = Annex(
    "answer_bank",
    "非拒答测试题库",
    _("Bank of questions not to refuse"),
    _("Ordinary questions that the service must answer, over all aspects."),
    (_NUMBER, _question(), _ASPECT),
)
CORPUS_SAMPLE = Annex(
    "corpus_sample",
    "语料抽检记录",
    _("Record of corpus sampling"),
    _("A row for each item that a person read, and a row for each batch checked by keywords or a classifier."),
    (
        Column(
            "entry",
            "语料编号或内容",
            _("Item or batch"),
            _("What identifies the item read, or the batch checked."),
            ("语料编号", "语料内容", "语料", "样本编号", "批次", "内容", "item", "sample"),
            example="C-000001",
        ),
        Column(
            "source",
            "语料来源",
            _("Source of the corpus"),
            _("As named in the dossier's list of corpora."),
            ("来源", "source"),
            False,
            "自采百科语料",
        ),
        _method(_("人工, 关键词 or 分类模型 (people, keywords or a classifier)."), "人工"),
        _verdict(required=False),
        Column(
            "count",
            "抽检数量",
            _("Items checked in the batch"),
            _("For a batch checked by keywords or a classifier; a row of a person stands for one item."),
            ("数量", "抽检条数", "样本量", "count"),
            False,
        ),
        Column(
            "passed",
            "合格数量",
            _("Of these, passed"),
            _("For a batch."),
            ("合格条数", "通过数量", "passed count"),
            False,
        ),
        Column(
            "total",
            "语料总量",
            _("Items in the batch in all"),
            _("For a batch: how many items it was drawn from."),
            ("总量", "总条数", "total"),
            False,
        ),
        _date("抽检日期"),
    ),
)
GENERATED_TEST = Annex(
    "generated_test",
    "生成内容测试记录",
    _("Record of the test of generated content"),
    _("One row for each question drawn from the content question bank and each way of sampling."),
    (
        _NUMBER,
        _question(),
        _method(_("人工, 关键词 or 分类模型: who or what judged the answer."), "人工"),
        _answer(),
        _verdict(),
        _REASON,
        _date("测试日期"),
    ),
)
REFUSAL_TEST = Annex(
    "refusal_test",
    "拒答测试记录",
    _("Record of the refusal test"),
    _("One row for each question drawn from the should-refuse and should-not-refuse banks."),
    (
        _NUMBER,
        _question(),
        Column(
            "bank",
            "题库类型",
            _("Bank"),
            _("应拒答 or 非拒答: the bank that the question was drawn from."),
            ("题库", "题目类型", "测试类型", "类型", "bank"),
            example="应拒答",
        ),
        _answer(),
        Column(
            "refused",
            "是否拒答",
            _("Refused"),
            _("是 or 否: whether the service refused."),
            ("拒答", "拒答情况", "refused"),
            example="是",
        ),
        _verdict(required=False),
        _date("测试日期"),
    ),
)
ANNOTATION_RULES = Annex(
    "annotation_rules",
    "语料标注规则",
    _("Rules of annotation"),
    _("The rules by which people label the corpus, functional and safety annotation apart."),
    (
        Column(
            "entry",
            "标注规则",
            _("Rule"),
            _("What annotators do and how: goal, data, method, quality."),
            ("规则", "规则内容", "标注要求", "rule"),
            example="对每条回答给出 1 至 5 分的有用性评分。",
        ),
        Column(
            "type",
            "标注类型",
            _("Kind of annotation"),
            _("功能性 or 安全性 (functional or safety)."),
            ("类型", "类别", "type"),
            example="功能性",
        ),
        Column(
            "task", "标注任务", _("Task"), _("The task that the rule belongs to."), ("任务", "task"), False, "问答评分"
        ),
        Column(
            "reviewers",
            "审核人数",
            _("Reviewers of each item"),
            _("How many people other than the annotator review each item."),
            ("审核人员数", "复核人数", "reviewers"),
            example="1",
        ),
        Column(
            "apart",
            "标注与审核是否分开",
            _("Annotator and reviewer are different people"),
            _("是 or 否."),
            ("人员是否分开", "标注审核分离", "roles apart"),
            False,
            "是",
        ),
    ),
)
ANNEXES: dict[str, Annex] = {
    each.code: each
    for each in (
        KEYWORDS,
        CONTENT_BANK,
        REFUSE_BANK,
        ANSWER_BANK,
        CORPUS_SAMPLE,
        GENERATED_TEST,
        REFUSAL_TEST,
        ANNOTATION_RULES,
    )
}
# The banks that the questions of a test record are drawn from.
DRAWN_FROM: dict[str, tuple[str, ...]] = {
    "generated_test": ("content_bank",),
    "refusal_test": ("refuse_bank", "answer_bank"),
}

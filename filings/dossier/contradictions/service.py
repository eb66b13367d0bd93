"""Contradictions in the dossiers of generative services."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from filings.dossier.contradictions.content import NAMES_AI, NAMES_MAKING
from filings.dossier.contradictions.rule import LOOK, Clash, rule
from filings.dossier.facts import Facts, chosen, of_kind
from filings.dossier.sections.generative.options import MODALITIES

FILED = of_kind("generative")
REGISTERED = of_kind("generative_registration")
SERVICES = of_kind("generative", "generative_registration")
NAMES = dict(MODALITIES)
LEAST_HEIGHT = Decimal(5)
LEAST_SECONDS = Decimal(2)
LEAST_LOG_MONTHS = 6


def number(value: object) -> Decimal | None:
    """The number in a stored answer, if it is one."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


@rule("service.label_missing", "LBL 12", "LBL 4", "GAI 12", when=SERVICES)
def every_modality_has_label_and_sample(facts: Facts) -> Iterator[Clash]:
    """Label material is part of the filing (LBL 12): for each modality a label and a sample file."""
    for items, message in (
        ("labels", _("“%(modality)s” comes out of the service, and no label for it is described. Add one.")),
        ("samples", _("“%(modality)s” comes out of the service, and there is no sample file of it. Add one.")),
    ):
        given = {_text(row.get("modality")) for row in facts.items(f"output_labels.{items}")}
        for code in facts.codes("service.modalities"):
            if given and code not in given:
                values = {"modality": NAMES.get(code, code)}
                yield Clash(f"output_labels.{items}", message % values, "service.modalities")


@rule("service.label_words", "LBL 4", "DSP 17", when=SERVICES)
def labels_say_it_is_generated(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("output_labels.labels"):
        words = _text(row.get("text"))
        if not words or row.get("modality") == "audio" or (NAMES_AI.search(words) and NAMES_MAKING.search(words)):
            continue
        yield Clash(
            f"output_labels.labels[{row['key']}].text",
            _(
                "The label must name AI (人工智能 or AI) and the making (生成 or 合成). Change its "
                "words, in the product too."
            ),
        )


@rule("service.label_size", "GB 45438-2025 5.2", "GB 45438-2025 5.4", severity=LOOK, when=SERVICES)
def labels_are_large_and_long_enough(facts: Facts) -> Iterator[Clash]:
    """5 % of the shortest side, 2 seconds: read in secondary sources only, so a second look."""
    for row in facts.items("output_labels.labels"):
        height, seconds = number(row.get("height")), number(row.get("seconds"))
        path = f"output_labels.labels[{row['key']}]"
        if row.get("modality") == "image" and height is not None and height < LEAST_HEIGHT:
            yield Clash(f"{path}.height", _("Letters on an image are at least 5 % of its shortest side high."))
        if row.get("modality") == "video" and seconds is not None and seconds < LEAST_SECONDS:
            yield Clash(f"{path}.seconds", _("The label of a video is shown for at least 2 seconds."))


@rule("service.label_export", "LBL 4", when=SERVICES)
def exports_carry_the_label(facts: Facts) -> Iterator[Clash]:
    if facts.says("output_labels.exports_labelled", "no"):
        yield Clash(
            "output_labels.exports_labelled",
            _("Downloads, copies and exports must carry the explicit label. Change the product before filing."),
        )


@rule("service.label_logs", "LBL 9", when=SERVICES)
def logs_of_unlabelled_results_are_kept(facts: Facts) -> Iterator[Clash]:
    """Six months at least (LBL 9)."""
    months = number(facts.answer("output_labels.log_months"))
    if facts.says("output_labels.gives_unlabelled", "yes") and months is not None and months < LEAST_LOG_MONTHS:
        yield Clash(
            "output_labels.log_months",
            _("Logs of results given without the visible label are kept for at least six months."),
            "output_labels.gives_unlabelled",
        )


@rule("service.own_code", "LBL 5", severity=LOOK, when=SERVICES)
def producer_code_is_ours(facts: Facts) -> Iterator[Clash]:
    code, credit = facts.text("output_labels.producer_code"), facts.text("entity:basic.credit_code")
    if code and credit and credit not in code:
        yield Clash(
            "output_labels.producer_code",
            _("The code of the provider in labels usually holds the unified social credit code; this one does not."),
        )


@rule("service.registered_changes", "GAI 17", "GAI 7(1)", when=REGISTERED)
def a_registered_service_changes_no_model(facts: Facts) -> Iterator[Clash]:
    """Only who calls a model unchanged registers; the others file (domain.md §3.1)."""
    if facts.says("base_model.changes_nothing", "no"):
        yield Clash(
            "base_model.changes_nothing",
            _("Who trains, fine-tunes or distils a model files the service instead. Start a filing for it."),
        )
    for row in facts.items("base_model.models"):
        if row.get("access") in ("weights", "licensed"):
            yield Clash(
                f"base_model.models[{row['key']}].access",
                _("A registration is for models called unchanged. Start a filing for this service."),
                "base_model.changes_nothing",
            )


@rule("service.called_proof", "GAI 7(1)", when=REGISTERED)
def calling_a_model_is_proved(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("base_model.models"):
        if row.get("number") and not row.get("proof"):
            yield Clash(
                f"base_model.models[{row['key']}].proof",
                _("Calling another's model needs a contract or a screenshot of the console. Upload one."),
            )


@rule("service.only_called", "GAI 17", severity=LOOK, when=FILED)
def a_filed_service_changes_a_model(facts: Facts) -> Iterator[Clash]:
    rows = facts.items("base_model.models")
    if facts.says("base_model.origin", "borrowed") and rows and all(row.get("access") == "call" for row in rows):
        yield Clash(
            f"base_model.models[{rows[0]['key']}].access",
            _("Every model is only called, unchanged. Such services are registered, which asks for less."),
            "base_model.origin",
        )


@rule("service.own_untrained", "GAI 7(1)", when=FILED)
def an_own_model_was_pre_trained(facts: Facts) -> Iterator[Clash]:
    stages = facts.codes("development.stages")
    if facts.says("base_model.origin", "own") and stages and "pre_training" not in stages:
        yield Clash(
            "development.stages",
            _(
                "The model is said to be your own from the ground up, and no pre-training is named. "
                "Correct one of the two."
            ),
            "base_model.origin",
        )


@rule("service.stage_corpus", "GAI 7", "GAI 19", when=FILED)
def every_stage_has_its_corpus(facts: Facts) -> Iterator[Clash]:
    used = {code for row in facts.items("corpora.corpora") for code in chosen(row.get("stages"))}
    for code in facts.codes("development.stages"):
        if used and code not in used:
            yield Clash(
                "corpora.corpora",
                _("A stage of training is named that no corpus is used in. Add its corpora, or take the stage back."),
                "development.stages",
            )
            return


@rule("service.input_persons", "GAI 11", "PIPL 13", severity=LOOK, when=FILED)
def users_input_is_personal(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("corpora.corpora"):
        if row.get("source_kind") == "user_input" and row.get("has_personal_information") == "no":
            yield Clash(
                f"corpora.corpora[{row['key']}].has_personal_information",
                _(
                    "Users' input is said to hold no personal information. Say under “Quality measures” "
                    "how it was removed."
                ),
                f"corpora.corpora[{row['key']}].source_kind",
            )


@rule("service.input_trains", "GAI 11", when=FILED)
def training_on_input_is_said_once(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("corpora.corpora"):
        if row.get("source_kind") == "user_input" and facts.says("user_input.trains_on_input", "no"):
            yield Clash(
                "user_input.trains_on_input",
                _("A corpus is made of users' input, and users' input is said not to be used. Correct one of the two."),
                f"corpora.corpora[{row['key']}].source_kind",
            )


@rule("service.roles_apart", "GB/T 45654-2025 5.3", severity=LOOK, when=FILED)
def annotators_do_not_review_themselves(facts: Facts) -> Iterator[Clash]:
    if facts.says("labelling.roles_apart", "no"):
        yield Clash(
            "labelling.roles_apart",
            _("Annotating and reviewing one task are kept apart: different people do them."),
        )


@rule("service.annotation_sample", "GAI 8", when=FILED)
def a_sample_holds_what_passed(facts: Facts) -> Iterator[Clash]:
    sampled, passed = number(facts.answer("labelling.sampled")), number(facts.answer("labelling.passed"))
    if sampled is not None and passed is not None and passed > sampled:
        yield Clash(
            "labelling.passed",
            _("More annotations are without fault than were sampled. Correct one of the two."),
            "labelling.sampled",
        )


@rule("service.minors", "GAI 10", severity=LOOK, when=SERVICES)
def groups_agree_about_minors(facts: Facts) -> Iterator[Clash]:
    groups = facts.text("service.user_groups")
    excluded = any(word in groups for word in ("不向未成年", "不面向未成年", "不含未成年", "不包括未成年"))
    named = any(word in groups for word in ("未成年", "儿童", "中小学", "学生"))
    if named and not excluded and facts.says("minors.serves_minors", "no"):
        yield Clash(
            "minors.serves_minors",
            _("The groups served seem to include minors, and minors are said not to be among the users. Check both."),
            "service.user_groups",
        )


@rule("service.publication_name", "GAI 4", severity=LOOK, when=SERVICES)
def publication_names_the_service(facts: Facts) -> Iterator[Clash]:
    name, purpose = facts.text("service.name"), facts.text("publication.purpose")
    if name and purpose and name not in purpose:
        yield Clash(
            "publication.purpose",
            _("The purpose to be published does not name the service as it is filed. Use the same name."),
            "service.name",
        )


@rule("service.not_fit", "GAI 17", when=SERVICES)
def an_unfit_service_is_not_filed(facts: Facts) -> Iterator[Clash]:
    if facts.says("conclusion.conclusion", "not_fit"):
        yield Clash(
            "conclusion.conclusion",
            _("A service found not fit is not filed. Put right what the assessment found, then assess again."),
        )

"""Contradictions between data, models, labels, risks and assessments."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from filings.dossier.contradictions.rule import LOOK, Clash, rule
from filings.dossier.facts import Answers, Facts, chosen, either, fact, is_empty, of_class
from filings.dossier.identifiers import is_algorithm_number, is_model_number
from filings.dossier.sections.options import MODALITIES, RISKS

SYNTHESIS = of_class("01")
NAMES = dict(MODALITIES)
FORMATS = {
    "text": {"txt", "doc", "docx", "pdf", "md", "html", "json", "csv", "xlsx", "pptx", "wps"},
    "image": {"png", "jpg", "jpeg", "webp", "gif", "bmp", "tiff", "svg"},
    "audio": {"mp3", "wav", "m4a", "aac", "flac", "ogg", "opus"},
    "video": {"mp4", "mov", "avi", "mkv", "webm", "flv"},
}
KNOWN_FORMATS = set().union(*FORMATS.values())
NAMES_AI = re.compile(r"AI|人工智能", re.IGNORECASE)
NAMES_MAKING = re.compile(r"生成|合成|generated|synthesi[sz]ed", re.IGNORECASE)


def _text(row: Answers, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


@rule("output.modality", "ARP 24", when=SYNTHESIS)
def outputs_match_modalities(facts: Facts) -> Iterator[Clash]:
    """Each declared output modality has its row of formats, and each row is declared."""
    declared = facts.codes("data.output_modalities")
    listed = {_text(row, "modality"): row["key"] for row in facts.items("data.outputs")}
    for code in declared:
        if listed and code not in listed:
            yield Clash(
                "data.outputs",
                _(
                    "“%(modality)s” is declared as output and has no row with its file formats. "
                    "Add the row, or take the modality back."
                )
                % {"modality": NAMES.get(code, code)},
                "data.output_modalities",
            )
    for code, key in listed.items():
        if declared and code and code not in declared:
            yield Clash(
                f"data.outputs[{key}].modality",
                _("“%(modality)s” has a row of formats and is not declared as output. Declare it, or remove the row.")
                % {"modality": NAMES.get(code, code)},
                "data.output_modalities",
            )


@rule("output.format", "ARP 24", when=SYNTHESIS)
def formats_match_modality(facts: Facts) -> Iterator[Clash]:
    """A known file ending belongs to the modality of its row."""
    for row in facts.items("data.outputs"):
        fitting = FORMATS.get(_text(row, "modality"))
        endings = set(re.findall(r"[a-z0-9]+", _text(row, "formats").lower())) & KNOWN_FORMATS
        if fitting is None or not endings - fitting:
            continue
        yield Clash(
            f"data.outputs[{row['key']}].formats",
            _(
                "%(formats)s is no format of “%(modality)s”. Correct the format, or give it a "
                "row under its own modality."
            )
            % {
                "formats": ", ".join(sorted(endings - fitting)).upper(),
                "modality": NAMES[_text(row, "modality")],
            },
            f"data.outputs[{row['key']}].modality",
        )


@rule("label.modality", "LBL 12", "LBL 4", "DSP 17", when=SYNTHESIS)
def every_output_is_labelled(facts: Facts) -> Iterator[Clash]:
    """Each output modality has its label with samples (LBL 12)."""
    labelled = {_text(row, "modality") for row in facts.items("labels.labels")}
    for row in facts.items("data.outputs"):
        code = _text(row, "modality")
        if labelled and code and code not in labelled:
            yield Clash(
                "labels.labels",
                _(
                    "The algorithm outputs “%(modality)s”, and no label for it is described. Add a "
                    "label with screenshot and sample."
                )
                % {"modality": NAMES.get(code, code)},
                f"data.outputs[{row['key']}].modality",
            )


@rule("label.unused", "LBL 12", severity=LOOK, when=SYNTHESIS)
def labels_have_outputs(facts: Facts) -> Iterator[Clash]:
    outputs = {_text(row, "modality") for row in facts.items("data.outputs")}
    for row in facts.items("labels.labels"):
        code = _text(row, "modality")
        if outputs and code and code not in outputs:
            yield Clash(
                f"labels.labels[{row['key']}].modality",
                _("A label is described for “%(modality)s”, which is not among the outputs.")
                % {"modality": NAMES.get(code, code)},
                "data.outputs",
            )


@rule("label.words", "LBL 4", "DSP 17", when=SYNTHESIS)
def labels_say_it_is_generated(facts: Facts) -> Iterator[Clash]:
    """A label in words names AI and the making (LBL 4, GB 45438); sound may use a rhythm."""
    for row in facts.items("labels.labels"):
        words = _text(row, "explicit_text")
        if not words or _text(row, "modality") == "audio":
            continue
        if not (NAMES_AI.search(words) and NAMES_MAKING.search(words)):
            yield Clash(
                f"labels.labels[{row['key']}].explicit_text",
                _(
                    "The label must name AI (人工智能 or AI) and the making (生成 or 合成). Change its "
                    "words, in the product too."
                ),
            )


@rule("label.export", "LBL 4", when=SYNTHESIS)
def exports_carry_the_label(facts: Facts) -> Iterator[Clash]:
    if facts.says("labels.export_labelled", "no"):
        yield Clash(
            "labels.export_labelled",
            _("Downloads, copies and exports must carry the explicit label. Change the product before filing."),
        )


@rule("label.own_code", "LBL 5", severity=LOOK, when=SYNTHESIS)
def producer_code_is_ours(facts: Facts) -> Iterator[Clash]:
    code, credit = facts.text("labels.producer_code"), facts.text("entity:basic.credit_code")
    if code and credit and credit not in code:
        yield Clash(
            "labels.producer_code",
            _("The code of the provider in labels usually holds the unified social credit code; this one does not."),
        )


@rule("model.number", "DSP 19", "GAI 17")
def models_of_others_are_numbered(facts: Facts) -> Iterator[Clash]:
    """A model of others is quoted with at least one of its filing numbers."""
    for row in facts.items("model.models"):
        if row.get("origin") not in ("third_party", "licensed"):
            continue
        if not (_text(row, "algorithm_number").strip() or _text(row, "model_number").strip()):
            yield Clash(
                f"model.models[{row['key']}].algorithm_number",
                _(
                    "A third party's model is quoted by its algorithm number or its model number. "
                    "Ask the supplier for one of them."
                ),
                f"model.models[{row['key']}].origin",
            )


@rule("model.proof", "GAI 7")
def models_of_others_are_proved(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("model.models"):
        if row.get("origin") in ("third_party", "licensed") and is_empty(row.get("proof")):
            yield Clash(
                f"model.models[{row['key']}].proof",
                _("The use of a third party's model needs a contract or a screenshot of the console. Upload one."),
                f"model.models[{row['key']}].origin",
            )


@rule("model.number_form", "DSP 19", severity=LOOK)
def quoted_numbers_have_their_form(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("model.models"):
        number, model = _text(row, "algorithm_number"), _text(row, "model_number")
        if number.strip() and not is_algorithm_number(number):
            yield Clash(
                f"model.models[{row['key']}].algorithm_number",
                _(
                    "This does not look like an algorithm filing number: 21 digits that fit their "
                    "check digit. Compare it with the published list."
                ),
            )
        if model.strip() and not is_model_number(model):
            yield Clash(
                f"model.models[{row['key']}].model_number",
                _(
                    "This does not look like a model filing number, such as "
                    "Beijing-Name-202404280001. Compare it with the published list."
                ),
            )


@rule("model.untrained", "GAI 7")
def own_models_were_trained(facts: Facts) -> Iterator[Clash]:
    if not facts.says("training.uses_training_data", "no"):
        return
    for row in facts.items("model.models"):
        if row.get("origin") == "own" and "规则" not in _text(row, "model_type"):
            yield Clash(
                "training.uses_training_data",
                _(
                    "A model of your own is listed, and no training data. Name the data, or "
                    "correct the origin of the model; write “规则” in its type if it has no learned "
                    "parameters."
                ),
                f"model.models[{row['key']}].origin",
            )


BIOMETRIC = either(fact("data.has_biometrics", "yes"), fact("data.has_special_objects", "yes"))


@rule("biometrics.assessment", "DSP 15", when=SYNTHESIS)
def biometric_tools_are_assessed(facts: Facts) -> Iterator[Clash]:
    """Tools for biometric information or special objects are assessed first (DSP 15)."""
    if BIOMETRIC.holds(facts) and facts.says("security.dsp15_state", "none", "under_way"):
        other = "has_biometrics" if facts.says("data.has_biometrics", "yes") else "has_special_objects"
        yield Clash(
            "security.dsp15_state",
            _(
                "Faces, voices or special objects are processed, and the assessment due for "
                "them is not done. Finish it before filing."
            ),
            f"data.{other}",
        )


@rule("biometrics.technique", "DSP 23", "DSP 15", when=SYNTHESIS)
def biometric_technique_has_biometrics(facts: Facts) -> Iterator[Clash]:
    if facts.says("algorithm.techniques", "biometric_image") and facts.says("data.has_biometrics", "no"):
        yield Clash(
            "data.has_biometrics",
            _(
                "The techniques include faces and other biometric features, and the data are "
                "said to hold none. Correct one of the two."
            ),
            "algorithm.techniques",
        )


TECHNIQUE_OUTPUTS = {
    "text": {"text"},
    "speech": {"audio", "video"},
    "sound": {"audio", "video"},
    "biometric_image": {"image", "video"},
    "other_image": {"image", "video"},
    "virtual_scene": {"scene", "video", "image"},
}


@rule("technique.output", "DSP 23", severity=LOOK, when=SYNTHESIS)
def techniques_have_outputs(facts: Facts) -> Iterator[Clash]:
    outputs = set(facts.codes("data.output_modalities"))
    for technique in facts.codes("algorithm.techniques"):
        if outputs and not outputs & TECHNIQUE_OUTPUTS.get(technique, outputs):
            yield Clash(
                "algorithm.techniques",
                _("One of the techniques yields none of the declared output modalities. Check both."),
                "data.output_modalities",
            )
            return


@rule("training.user_input", "GAI 11", "PIPL 13", severity=LOOK)
def users_input_is_personal(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("training.sources"):
        if row.get("source_kind") == "user_input" and row.get("has_personal_information") == "no":
            yield Clash(
                f"training.sources[{row['key']}].has_personal_information",
                _(
                    "Users' input is said to hold no personal information. Say under “How it was "
                    "made” how it was removed."
                ),
                f"training.sources[{row['key']}].source_kind",
            )


@rule("risk.uncovered", "ARP 7")
def every_risk_is_answered(facts: Facts) -> Iterator[Clash]:
    """Each described risk is named by a measure (outline of the self-assessment, chapter 4)."""
    measures = facts.items("measures.measures")
    covered = {code for row in measures for code in chosen(row.get("covers"))}
    for code, name in RISKS:
        if covered and facts.text(f"risks.{code}") and code not in covered:
            yield Clash(
                "measures.measures",
                _("No measure answers “%(risk)s”. Add one, or tick the risk at a measure that answers it.")
                % {"risk": name},
                f"risks.{code}",
            )


@rule("facilities.abroad", "SAE 6", severity=LOOK)
def deployment_abroad(facts: Facts) -> Iterator[Clash]:
    for row in facts.items("facilities.deployments"):
        if row.get("place") == "abroad":
            yield Clash(
                f"facilities.deployments[{row['key']}].place",
                _(
                    "A place outside mainland China is named: say in “Other matters” which data go "
                    "there and on what ground."
                ),
                "conclusion.other_matters",
            )

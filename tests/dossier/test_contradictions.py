from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone

from filings.dossier.completeness import problems
from filings.dossier.contradictions import RULES
from filings.dossier.kinds import KINDS
from filings.dossier.paths import parse
from tests.dossier.samples import complete_dossier, complete_entity

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
SPOILT = {
    "output.modality": ("data.output_modalities", ["text", "image", "audio"]),
    "output.format": ("data.outputs.0.formats", "TXT、MP4"),
    "label.modality": ("labels.labels.1", None),
    "label.words": ("labels.labels.0.explicit_text", "仅供参考"),
    "label.export": ("labels.export_labelled", "no"),
    "label.own_code": ("labels.producer_code", "001191330100MA000000X10000"),
    "model.number_form": ("model.models.2.algorithm_number", "网信算备123号"),
    "model.proof": ("model.models.2.proof", []),
    "model.untrained": ("training.uses_training_data", "no"),
    "biometrics.technique": ("algorithm.techniques", ["text", "biometric_image"]),
    "technique.output": ("algorithm.techniques", ["text", "other_image", "sound"]),
    "name.form": ("algorithm.name", "青岚图文创作"),
    "date.online": ("algorithm.online_on", TOMORROW),
    "publication.name": ("publication.purpose", "帮助用户更方便地创作。"),
    "users.minors": ("introduction.user_groups", "中小学生和教师"),
    "users.elderly": ("introduction.user_groups", "成年人，老年人居多"),
    "opinion.assessment": ("security.sae_state", "none"),
    "conclusion.order": ("conclusion.written_on", "2020-01-01"),
    "conclusion.not_fit": ("conclusion.conclusion", "not_fit"),
    "conclusion.truth": ("conclusion.declares_truth", "no"),
    "conclusion.fair": ("measures.declarations", "no"),
    "risk.uncovered": ("measures.measures.2", None),
    "facilities.abroad": ("facilities.deployments.0.place", "abroad"),
    "usage.function": ("usage.uses.0.product", "PRODUCT"),
}
SPOILT_ENTITY = {
    "icp.holder": ("licences.icp.0.holder", "别家公司"),
    "product.function": ("products.functions.0", None),
    "product.online": ("products.products.0.online_on", TOMORROW),
    "product.users": ("products.products.0.monthly_active_users", 10**9),
    "staffing.numbers": ("staffing.full_time", 100),
    "region.credit_code": ("basic.region", "110108"),
}


def spoil(content, where, value):
    spoilt = deepcopy(content)
    *way, last = [int(step) if step.isdigit() else step for step in where.split(".")]
    target = spoilt
    for step in way:
        target = target[step]
    if value is None:
        del target[last]
    else:
        target[last] = value
    return spoilt


@pytest.mark.parametrize("code", SPOILT)
def test_two_answers_that_cannot_both_be_true_are_named_with_both_places(code):
    where, value = SPOILT[code]
    entity = complete_entity()
    if value == "PRODUCT":
        value = entity["products"]["products"][1]["key"]
    content = spoil(complete_dossier(), where, value)
    if code == "risk.uncovered":
        for row in content["measures"]["measures"]:
            row["covers"] = [risk for risk in row["covers"] if risk != "abuse"]

    found = [problem for problem in problems("deep_synthesis", content, entity) if problem.rule == code]

    assert found
    for problem in found:
        assert problem.cites == RULES[code].cites
        assert problem.severity == RULES[code].severity
        KINDS["deep_synthesis"].section(parse(problem.path).section)


@pytest.mark.parametrize("code", SPOILT_ENTITY)
def test_a_profile_that_contradicts_itself_is_told_so(code):
    content = spoil(complete_entity(), *SPOILT_ENTITY[code])

    assert code in {problem.rule for problem in problems("entity", content)}


def test_a_third_partys_model_without_any_number_is_blocking():
    content = complete_dossier()
    del content["model"]["models"][2]["algorithm_number"]
    del content["model"]["models"][2]["model_number"]

    (problem,) = problems("deep_synthesis", content, complete_entity())

    assert problem.rule == "model.number"
    assert problem.is_blocking
    assert problem.other_path.endswith(".origin")


def test_faces_without_the_assessment_due_for_them_are_blocking():
    content = complete_dossier()
    content["data"] |= {"has_biometrics": "yes"}
    content["security"] |= {"dsp15_state": "none"}

    found = {problem.rule: problem for problem in problems("deep_synthesis", content, complete_entity())}

    assert found["biometrics.assessment"].cites == ("DSP 15",)
    assert found["biometrics.assessment"].other_path == "data.has_biometrics"
    missing = {each.path for each in problems("deep_synthesis", content, complete_entity())}
    assert {"data.separate_consent", "data.consent_evidence", "data.stored_faces"} <= missing


def test_training_data_with_personal_information_needs_a_legal_ground():
    content = complete_dossier()
    source = content["training"]["sources"][1]
    del source["legal_grounds"]

    (problem,) = problems("deep_synthesis", content, complete_entity())

    assert problem.path == f"training.sources[{source['key']}].legal_grounds"
    assert "PIPL 13" in problem.cites

from copy import deepcopy

import pytest
from django.utils import translation

from filings.dossier import specimen
from filings.dossier.completeness import problems
from filings.dossier.contradictions import RULES
from filings.dossier.kinds import KINDS
from filings.dossier.retelling import THINGS, differences

SPOILT = {
    "retold.parameters": (
        "publication.mechanism",
        "本服务基于参数规模约 700 亿的模型，先审核输入，再生成，最后审核结果。",
    ),
    "retold.functions": ("service.modalities", ["text", "image", "video"]),
    "retold.label_unused": ("service.modalities", ["text"]),
    "retold.platform": ("compute.uses_public_platform", "no"),
    "retold.compute": ("compute.units.0.used_for", ["inference"]),
    "retold.feedback": ("agreement.duties", "我们在 3 个工作日内反馈投诉的处理结果。"),
    "retold.staff": ("content_safety.watchers", 600),
}


def service():
    return specimen.service("generative")


def found(content):
    with translation.override("en"):
        return [each for each in problems("generative", content, specimen.entity()) if each.rule.startswith("retold.")]


def put(content, path, value):
    content = deepcopy(content)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    target = content
    for step in way:
        target = target[step]
    target[last] = value
    return content


def test_the_specimen_tells_nothing_twice_otherwise():
    assert [(each.rule, each.path, str(each.message)) for each in found(service())] == []


@pytest.mark.parametrize("rule", SPOILT)
def test_each_contradiction_is_found_and_names_both_places(rule):
    content = service()
    if rule == "retold.compute":
        for row in content["compute"]["units"]:
            row["used_for"] = ["inference"]
    clashes = [each for each in found(put(content, *SPOILT[rule])) if each.rule == rule]
    assert clashes, rule
    assert clashes[0].severity == "look"
    assert clashes[0].other_path


def test_every_rule_of_this_module_is_tried_here():
    assert {code for code in RULES if code.startswith("retold.")} == set(SPOILT)


def test_a_text_that_names_the_right_number_beside_another_is_left_alone():
    content = service()
    told = content["development"]["parameters"]
    text = f"主模型 {told}B 参数，另有一个 7 亿参数的审核模型，先审核输入，再生成，最后审核结果并标识。"
    assert found(put(content, "publication.mechanism", text)) == []


def test_the_facts_compared_are_fields_of_the_dossiers():
    for tellings in THINGS.values():
        for telling in tellings:
            owners = [kind for kind in KINDS.values() if telling.section in {s.code for s in kind.sections}]
            assert owners, telling.section
            fields = owners[0].section(telling.section).items[telling.items].base_fields
            assert set(telling.facts.values()) | {"name"} <= set(fields)


def test_one_thing_told_otherwise_in_two_kinds_of_dossier_is_a_difference():
    algorithm = specimen.dossier("01", "provider")
    algorithm["training"]["sources"][0] |= {"name": "授权图书 语料", "has_personal_information": "yes"}
    content = service()
    content["corpora"]["corpora"][0] |= {"name": "授权图书语料", "has_personal_information": "no"}
    with translation.override("en"):
        told = differences("generative", content, "deep_synthesis", algorithm)
    path = f"corpora.corpora[{content['corpora']['corpora'][0]['key']}].has_personal_information"
    assert [(each.now, each.then) for each in told if each.path == path] == [("No", "Yes")]


def test_an_answer_not_given_contradicts_nothing():
    assert differences("generative", {}, "deep_synthesis", specimen.dossier("01", "provider")) == []
    assert differences("generative", service(), "generative", service()) == []

import pytest

from filings.dossier.completeness import problems, progress
from filings.dossier.document import main_use, outline, pruned
from filings.dossier.facts import Facts
from filings.dossier.kinds import KINDS
from filings.models.law import Article
from tests.dossier.samples import VARIANTS, complete_dossier, complete_entity

ALWAYS = {
    "algorithm",
    "introduction",
    "facilities",
    "flow",
    "data",
    "training",
    "model",
    "review",
    "risks",
    "measures",
    "security",
    "publication",
    "conclusion",
}
FOR_USERS = {"usage", "user_rights", "complaints", "ecology", "minors", "elderly"}
OWN = {
    ("01", "provider"): {"labels", "feature_library", "misuse", *FOR_USERS},
    ("01", "supporter"): {"labels", "technical_service"},
    ("02", ""): {"personalisation", "pricing", *FOR_USERS},
    ("03", ""): {"ranking", *FOR_USERS},
    ("04", ""): {"search", *FOR_USERS},
    ("05", ""): {"filtering", "feature_library", *FOR_USERS},
    ("06", ""): {"dispatch", "pricing", *FOR_USERS},
}


@pytest.mark.parametrize(("kind", "algorithm_class", "role"), VARIANTS)
def test_class_and_role_decide_which_sections_are_asked(kind, algorithm_class, role):
    facts = Facts.read(kind, {"algorithm": {"algorithm_class": algorithm_class, "role": role}})

    asked = {section.code for section in KINDS[kind].sections if section.applies(facts)}

    assert asked == ALWAYS | OWN[algorithm_class, role]


@pytest.mark.parametrize(("kind", "algorithm_class", "role"), VARIANTS)
def test_the_specimen_of_each_class_and_role_is_complete(kind, algorithm_class, role):
    content, entity = complete_dossier(kind, algorithm_class, role), complete_entity()

    assert problems(kind, content, entity) == []
    assert {each.state for each in progress(kind, content, entity).values()} <= {"done", "not_applicable"}
    assert pruned(kind, content, entity) == content
    assert main_use(content).startswith("应用于")


def test_the_specimen_entity_is_complete():
    assert problems("entity", complete_entity(), regions={"330110"}) == []


def test_a_region_that_does_not_exist_is_refused():
    found = problems("entity", complete_entity(), regions={"110108"})

    assert [problem.path for problem in found] == ["basic.region"]


def test_a_section_that_does_not_apply_is_printed_with_its_reason():
    sections = {each.code: each for each in outline("deep_synthesis", complete_dossier(role="supporter"))}

    assert not sections["usage"].applies
    assert sections["usage"].reason
    assert sections["usage"].rows == ()


@pytest.mark.django_db
def test_every_citation_beside_a_field_is_a_row_of_law():
    cited = set()
    for kind in KINDS.values():
        for section in kind.sections:
            cited |= set(section.cites)
            forms = [section, *section.items.values()]
            for form in forms:
                cited |= set(getattr(form, "cites", ()))
                for field in form.base_fields.values():
                    cited |= set(field.spec.cites)

    assert cited - set(Article.objects.values_list("code", flat=True)) == set()

"""What the Measures say must be asked (docs/coverage.md): each answer is demanded, and cites its article."""

from copy import deepcopy

import pytest

from filings.dossier import specimen
from filings.dossier.completeness import problems
from filings.dossier.fields import spec_of
from filings.dossier.kinds import KINDS


def asked_without(kind, *paths):
    """The paths that are reported missing once these answers are taken away."""
    content = deepcopy(specimen.service(kind))
    for path in paths:
        section, name = path.split(".")
        content[section].pop(name, None)
    return {problem.path for problem in problems(kind, content, specimen.entity()) if problem.is_blocking}


def cites(kind, path):
    section, name = path.split(".")
    return spec_of(KINDS[kind].section(section).base_fields[name]).cites


def test_innovation_and_compute_are_asked():
    demanded = ("development.frameworks", "compute.supply_chain", "compute.continuity", "compute.units")

    assert asked_without("generative", *demanded) == set(demanded)
    assert cites("generative", "development.innovation") == ("GAI 6",)
    assert cites("generative", "compute.uses_public_platform") == ("GAI 6",)


def test_sectors_and_positive_content_are_asked():
    demanded = ("service.application_fields", "positive_content.measures", "positive_content.values")

    assert asked_without("generative", *demanded) == set(demanded)
    content = specimen.service("generative")
    content["service"]["is_limited"] = "yes"
    assert [p.path for p in problems("generative", content, specimen.entity())] == ["service.sectors"]


def test_bodies_of_every_kind_may_file():
    types = dict(KINDS["entity"].section("basic").base_fields["entity_type"].choices)

    assert {"company", "public_institution", "association", "government", "private_non_profit"} <= set(types)
    assert cites("generative", "positive_content.cooperation") == ("GAI 5",)


@pytest.mark.parametrize("kind", specimen.SERVICES)
@pytest.mark.parametrize("serves", ["yes", "no"])
def test_measures_against_addiction_are_asked_of_every_service(kind, serves):
    content = specimen.service(kind)
    content["minors"] = {"serves_minors": serves}

    missing = {problem.path for problem in problems(kind, content, specimen.entity()) if problem.is_blocking}

    assert {"minors.anti_addiction", "minors.evidence"} <= missing
    assert ("minors.minors_mode" in missing) == (serves == "yes")
    assert ("minors.exclusion" in missing) == (serves == "no")


def test_intellectual_property_has_a_person_a_check_and_a_channel():
    demanded = ("corpora.ip_head", "corpora.ip_rules", "corpora.ip_channel")

    assert asked_without("generative", *demanded) == set(demanded)
    content = specimen.service("generative")
    content["corpora"]["corpora"][0].pop("ip_check")
    assert [p.path.rpartition(".")[2] for p in problems("generative", content, specimen.entity())] == ["ip_check"]


def test_quality_of_training_data_is_four_measures():
    demanded = {f"corpora.{name}" for name in ("truth", "accuracy", "objectivity", "diversity")}

    assert asked_without("generative", *demanded) == demanded
    assert all("GAI 7(4)" in cites("generative", path) for path in demanded)


def test_annotation_has_rules_training_and_sampling():
    names = ("functional_rules", "safety_rules", "training", "training_record", "sampling", "roles_apart", "teams")
    demanded = {f"labelling.{name}" for name in names}

    assert asked_without("generative", *demanded) == demanded


def test_illegal_content_is_stopped_removed_trained_away_recorded_and_reported():
    names = ("stop", "removal", "retraining", "record", "report_to", "report_hours")
    demanded = {f"illegal_content.{name}" for name in names}

    for kind in specimen.SERVICES:
        assert asked_without(kind, *demanded) == demanded


@pytest.mark.parametrize("kind", specimen.SERVICES)
def test_every_section_and_every_demanded_answer_cites_its_law(kind):
    uncited = [
        f"{section.code}.{name}"
        for section in KINDS[kind].sections
        for form in (section, *section.items.values())
        for name, field in form.base_fields.items()
        if spec_of(field).required and not (spec_of(field).cites or form.cites or section.cites)
    ]

    assert uncited == []

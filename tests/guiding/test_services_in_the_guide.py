"""Which track a generative service needs, and how its filings begin together."""

import pytest
from django.urls import reverse
from django.utils import timezone

from filings import bundles, drafts
from filings.dossier import specimen
from filings.models import Dossier, Filing, Sealing
from portal import guide
from tests import factories

ANSWERS = {"public": "yes", "does": "01", "role": "provider", "opinion": "yes", "makes": "text image", "whom": "adults"}


def decide(**answers):
    return guide.verdict(guide.walk({name: value.split() for name, value in (ANSWERS | answers).items()}))


@pytest.mark.parametrize(
    ("model", "track"), [("own", "generative"), ("tuned", "generative"), ("api", "generative_registration")]
)
def test_the_origin_of_the_model_decides_the_track(model, track):
    verdict = decide(model=model, persons="no")

    assert [(each.algorithm.code, each.role) for each in verdict.filings] == [("01", "provider"), (track, "")]
    assert verdict.filings[1].query == {"kind": track}
    assert verdict.filings[1].cites == ("GAI 17", "GAI 7(1)")


def test_faces_and_voices_minors_and_modalities_bring_their_own_duties():
    plain = decide(model="own", persons="no")
    more = decide(model="own", persons="yes", whom="adults minors", makes="text image video")

    new = {duty.cites for duty in more.duties} - {duty.cites for duty in plain.duties}
    assert new == {("DSP 14", "DSP 15"), ("GAI 10", "MIN 43"), ("LBL 4", "GB 45438-2025 5.4")}


def test_nothing_of_a_service_is_asked_where_no_model_generates():
    assert guide.walk({**{k: v.split() for k, v in ANSWERS.items()}, "model": ["none"]}).question is None


def test_a_service_without_opinion_attribute_needs_no_filing():
    assert decide(model="own", persons="no", opinion="no").filings == ()


def test_the_result_starts_all_drafts_together(client, provider, entity):
    client.force_login(provider)
    answers = {**ANSWERS, "makes": ["text"], "model": "tuned", "persons": "no"}
    page = client.get(reverse("portal:guide-check"), answers)

    start = page.context["together"]
    assert start.endswith("?together=01%3Aprovider&together=generative")
    form = client.get(start)
    token = form.context["form"]["token"].value()
    chosen = {"offered": ["01:provider", "generative"], "together": ["01:provider", "generative"], "token": token}
    done = client.post(reverse("filings:bundle-start"), {"entity": entity.pk, **chosen})
    again = client.post(reverse("filings:bundle-start"), {"entity": entity.pk, **chosen})

    assert done.status_code == again.status_code == 302
    assert sorted(Filing.objects.values_list("kind", flat=True)) == ["deep_synthesis", "generative"]
    assert Filing.objects.values("bundle").distinct().count() == 1


def test_what_cannot_be_started_is_not_offered(client, provider, entity):
    client.force_login(provider)

    page = client.get(reverse("filings:bundle-start"), {"together": ["01", "02:provider", "nothing", "generative:x"]})

    assert page.context["offered"] == []


@pytest.fixture
def pair(provider, entity):
    wanted = [bundles.Wanted.read("01:provider"), bundles.Wanted.read("generative")]
    return bundles.start_together(entity=entity, wanted=wanted, by=provider, at=timezone.now(), token="t")


def save(procedure, section, value, by):
    dossier = Dossier.objects.select_related("procedure__filing__entity").get(procedure=procedure)
    version = dossier.section_versions.get(section, 0)
    drafts.save_section(dossier=dossier, section=section, value=value, base_version=version, by=by, at=timezone.now())


def content(procedure):
    return Dossier.objects.get(procedure=procedure).content


def test_a_shared_answer_is_entered_once_and_read_again(pair, provider):
    algorithm, service = pair
    told = specimen.dossier("01", "provider")

    save(algorithm, "introduction", told["introduction"], provider)
    save(algorithm, "complaints", told["complaints"], provider)

    taken = content(service)
    assert taken["service"]["summary"] == told["introduction"]["summary"]
    assert taken["service"]["occasions"] == told["introduction"]["scenarios"]
    assert taken["complaints"] == told["complaints"]
    assert Dossier.objects.get(procedure=service).to_reread == ["complaints", "service"]


def test_what_somebody_wrote_is_never_overwritten(pair, provider):
    algorithm, service = pair
    save(service, "service", {"summary": "自己写的服务说明。"}, provider)

    save(algorithm, "introduction", {"summary": "算法说明。"}, provider)

    assert content(service)["service"]["summary"] == "自己写的服务说明。"
    assert content(algorithm)["introduction"]["summary"] == "算法说明。"


def test_names_are_not_shared(pair, provider):
    algorithm, service = pair

    save(algorithm, "algorithm", specimen.dossier("01", "provider")["algorithm"], provider)

    assert content(service)["service"] == {"application_fields": ["literature", "information_management"]}


def test_a_draft_locked_for_signature_takes_nothing(provider, entity):
    at = timezone.now()
    locked = factories.complete_draft(entity=entity, by=provider, at=at, kind="generative")
    wanted = [bundles.Wanted.read("02")]
    (other,) = bundles.start_together(entity=entity, wanted=wanted, by=provider, at=at, token="t")
    Filing.objects.filter(pk=locked.filing_id).update(bundle=other.filing.bundle)
    before = Dossier.objects.get(procedure=locked).content
    before["complaints"].pop("process")
    Dossier.objects.filter(procedure=locked).update(content=before)
    Sealing.objects.create(
        procedure=locked, round=1, document=b"{}", digest="0" * 64, schema_version="1",
        entity_version=entity.versions.latest("number"), made_by=provider, made_at=at,
    )  # fmt: skip

    save(other, "complaints", specimen.dossier("02", "")["complaints"], provider)

    assert "process" not in content(locked)["complaints"]


def test_each_draft_shows_the_others(client, provider, pair):
    client.force_login(provider)

    page = client.get(reverse("filings:dossier-list", args=[pair[0].pk]))

    assert reverse("filings:dossier-list", args=[pair[1].pk]) in page.text


@pytest.mark.parametrize("code", ["01:provider", "01:supporter", "02", "06", "generative", "generative_registration"])
def test_there_is_a_specimen_of_each_class_and_track(client, db, code):
    page = client.get(reverse("portal:guide-specimen"), {"of": code})

    assert page.status_code == 200
    assert page.context["shown"]["code"] == code


def test_a_specimen_of_nothing_is_not_found(client, db):
    assert client.get(reverse("portal:guide-specimen"), {"of": "07"}).status_code == 404


def test_the_guide_tells_what_the_law_encourages(client, db):
    page = client.get(reverse("portal:guide"), headers={"accept-language": "en"})

    assert "exchange" in page.text
    assert "public data are opened by grade" in page.text


@pytest.mark.parametrize("kind", specimen.SERVICES)
def test_the_checklist_of_a_track_lists_its_annexes(client, db, kind):
    page = client.get(reverse("portal:guide-checklist"), {"kind": kind}, headers={"accept-language": "en"})

    assert "Interception keyword list" in page.text

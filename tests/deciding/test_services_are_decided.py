"""Generative-AI services pass region, technical test and nation; the last level that is asked concludes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from filings import drafts, events, numbers, publication, sentences, tracks, wording, workingdays
from filings.imports.register import import_file
from filings.models import Event, FilingKind, Paper, RegisterEntry, ServiceNumberSeries
from reviews import consequences, decisions, intake, queue
from reviews.models import DeclineGround, StagePlan, TechnicalTest
from tests import factories
from tests.importing import services
from tests.papers.test_official_papers import pages

BOTH = pytest.mark.parametrize("kind", ["generative", "generative_registration"])


@pytest.fixture
def kind():
    return "generative"


@pytest.fixture
def submitted(kind, provider, entity, now):
    """A complete submission of a service; overrides that of an algorithm."""
    draft = factories.complete_draft(entity=entity, by=provider, at=now, kind=kind)
    return factories.submit(draft, by=provider, at=now + dt.timedelta(minutes=1))


@pytest.fixture
def tested(task, reviewer, now):
    """The regional review passed up, the technical test done and finished."""
    test_task = queue.claim(task=decisions.pass_up(task=task, by=reviewer, at=now), by=reviewer, at=now)
    TechnicalTest.objects.create(
        task=test_task, procedure=test_task.procedure, seed="7", begun_by=reviewer, begun_at=now,
        finished_by=reviewer, finished_at=now, conclusion="通过",
    )  # fmt: skip
    return test_task


@pytest.fixture
def last(tested, kind, reviewer, national_reviewer, signatory, national_signatory, now):
    """The task that concludes, with who works on it and who signs."""
    if kind == "generative_registration":
        return tested, reviewer, signatory
    opened = decisions.pass_up(task=tested, by=reviewer, at=now)
    return queue.claim(task=opened, by=national_reviewer, at=now), national_reviewer, national_signatory


@pytest.fixture
def granted(last, now):
    task, officer, signer = last
    proposal = decisions.propose(task=task, kind="register", by=officer, at=now)
    decisions.sign(proposal=proposal, by=signer, at=now)
    events.deliver_due(at=now + dt.timedelta(minutes=9))
    task.procedure.refresh_from_db()
    return RegisterEntry.objects.get(filing=task.procedure.filing)


def stages_of(kind):
    rows = StagePlan.objects.filter(kind=kind, purpose="first").order_by("position")
    return [(row.code, row.level, row.may_conclude, row.test_required, row.basis) for row in rows]


def test_the_province_concludes_a_registration_and_the_national_level_a_filing(db):
    assert stages_of("generative") == [
        ("region", "provincial", False, False, ""),
        ("technical_test", "provincial", False, True, ""),
        ("nation", "national", True, False, ""),
    ]
    assert stages_of("generative_registration") == [
        ("region", "provincial", False, False, ""),
        ("technical_test", "provincial", True, True, ""),
    ]


def test_a_stage_has_an_article_exactly_where_the_law_limits_the_kind(db):
    for kind in FilingKind.values:
        bases = set(StagePlan.objects.filter(kind=kind, purpose="first").values_list("basis", flat=True))
        assert bases == {tracks.of(kind).answers}
        assert bool(tracks.of(kind).days) == tracks.of(kind).has_limit == (bases != {""})


@BOTH
def test_a_signature_numbers_and_publishes_a_service(granted, kind, queued, now):
    mark = {"generative": "", "generative_registration": "S"}[kind]
    day = f"{timezone.localdate(now):%Y%m%d}"
    name = publication.number_name(queued.submissions.get())
    assert granted.number == f"YanShi-Zhejiang-{name}-{day}{mark}0001"
    assert (granted.kind, granted.number_state, granted.standing) == (kind, "ok", "registered")
    assert (granted.number_day, granted.issued_on) == (timezone.localdate(now), timezone.localdate(now))
    assert (granted.province, granted.content["place_label"], granted.algorithm_class) == ("33", "浙江省", "")
    assert granted.filing.number == granted.number
    kinds = Event.objects.filter(filing=granted.filing).order_by("-id").values_list("kind", flat=True)
    assert "register.published" in kinds


def test_the_published_service_is_found_shown_and_verified(granted, client):
    answer = client.get(f"/api/verify/{granted.number.lower()}").json()
    assert (answer["answer"], answer["entries"][0]["name"]) == ("found", granted.name)
    assert granted.number in client.get(f"/register/?track={granted.kind}").content.decode()
    assert granted.main_use in client.get(f"/register/{granted.number}/").content.decode()


def test_the_running_number_is_the_region_s_and_the_consequences_announce_it(last, kind):
    task, _officer, _signer = last
    ServiceNumberSeries.objects.create(region="33", kind=kind, last=41)
    told = {line.topic: line for line in consequences.preview(task=task, kind="register")}
    assert "0042" in str(told)
    assert publication.number_name(task.submission) in str(told)
    assert not any(line.is_warning for line in told.values())


def test_a_name_given_to_another_meanwhile_stops_the_signature_and_keeps_everything(last, client, now):
    task, officer, signer = last
    proposal = decisions.propose(task=task, kind="register", by=officer, at=now)
    name = publication.number_name(task.submission)
    import_file(
        services.make([services.filed(f"ZheJiang-{name.upper()}-20230901", place="浙江省")]), name="list", at=now
    )
    with pytest.raises(numbers.NumberNameTaken):
        decisions.sign(proposal=proposal, by=signer, at=now)
    task.procedure.refresh_from_db()
    assert task.procedure.status == "awaiting_signature"
    assert not ServiceNumberSeries.objects.exists()
    warnings = [line.text for line in consequences.preview(task=task, kind="register") if line.is_warning]
    assert any(name in text for text in warnings)
    client.force_login(signer)
    client.cookies["django_language"] = "en"
    page = client.post(reverse("admin:reviews_proposal_sign", args=[proposal.pk]), {"sign": "1"}, follow=True)
    assert f"The name {name} already stands in another number of this region." in page.content.decode()


@BOTH
def test_the_regional_stages_of_a_filing_cannot_conclude(tested, kind):
    expected = ("return",) if kind == "generative" else ("register", "return", "decline")
    assert decisions.allowed_kinds(tested) == expected


def test_a_service_is_declined_on_grounds_of_its_own_kind_only(last, now):
    task, officer, signer = last
    words = {"task": task, "kind": "decline", "by": officer, "at": now, "reasons": "补正后仍无合法来源。"}
    with pytest.raises(ValidationError, match="其他种类"):
        decisions.propose(**words, grounds=[DeclineGround.objects.get(code="incomplete")])
    ground = DeclineGround.objects.get(code="service_base_model")
    decisions.sign(proposal=decisions.propose(**words, grounds=[ground]), by=signer, at=now)
    task.procedure.filing.refresh_from_db()
    assert (task.procedure.filing.standing, task.procedure.filing.held_name) == ("declined", None)


def test_the_desk_offers_each_kind_its_own_grounds(last, client):
    task, officer, _signer = last
    client.force_login(officer)
    page = client.get(reverse("admin:reviews_reviewtask_propose", args=[task.pk])).content.decode()
    assert "使用的基础模型来源不合法" in page
    assert "不属于应当备案的算法推荐服务" not in page
    assert "服务承诺" in page or "service standard" in page


@BOTH
def test_a_day_of_answer_is_told_as_a_service_standard_and_never_as_law(queued, kind, client, provider):
    client.force_login(provider)
    client.cookies["django_language"] = "en"
    days = sum(StagePlan.objects.filter(kind=kind, purpose="first").values_list("working_days", flat=True))
    assert queued.due_on == workingdays.add(timezone.localdate(queued.submitted_at), days)
    passed = Event.objects.get(procedure=queued, kind="procedure.pass_intake")
    with translation.override("en"):
        assert "service standard" in str(wording.for_provider(queued))
        assert "no law sets a day" in wording.next_step(queued)
        assert "service standard" in sentences.sentence(passed)
    for address in (
        reverse("filings:procedure-detail", args=[queued.pk]),
        reverse("filings:receipt", args=[queued.pk, 1]),
        reverse("filings:entity-detail", args=[queued.filing.entity_id]),
    ):
        page = client.get(address).content.decode()
        assert "ARP 25" not in page
        assert "answer due" not in page.lower()
        assert "30 working days" not in page


@BOTH
def test_no_letter_of_a_service_cites_the_algorithm_provisions(granted, queued, kind):
    act = {"generative": "备案", "generative_registration": "登记"}[kind]
    made = {paper.kind: "".join(pages(paper)) for paper in Paper.objects.filter(procedure=queued, sealing=None)}
    assert set(made) == {"receipt", "decision", "certificate"}
    assert [kind for kind, text in made.items() if "算法推荐" in text or "三十个工作日" in text] == []
    assert "不是法定期限" in made["receipt"]
    assert f"决定予以{act}" in made["decision"]
    assert "第17条" in made["decision"]
    assert f"生成式人工智能服务{act}证明" in made["certificate"]
    assert granted.number in made["certificate"]


def messages(submission, now):
    run = intake.run(submission=submission, at=now)
    return [(r.rule, r.outcome, r.path, r.message_en) for r in run.results.all() if r.outcome != "passed"]


@pytest.fixture
def lodged(kind, provider, entity, now):
    """Submits with answers of the service section changed; gives the submission, intake not yet run."""

    def lodged(**answers):
        draft = factories.complete_draft(entity=entity, by=provider, at=now, kind=kind)
        value = {**draft.dossier.content["service"], **answers}
        drafts.save_section(
            dossier=draft.dossier, section="service", value=value,
            base_version=draft.dossier.section_versions["service"], by=provider, at=now,
        )  # fmt: skip
        draft.refresh_from_db()
        return factories.submit(draft, by=provider, at=now + dt.timedelta(minutes=1)).submissions.get()

    return lodged


@pytest.mark.parametrize(
    ("number", "name", "outcome"),
    [
        ("ZheJiang-QINGHE-20230901", "别的大模型", ("algorithm.name_is_unique", "blocked", "service.number_name")),
        ("Beijing-QingHe-20230901", "别的大模型", None),
        ("Beijing-Bie-20230901", "青禾大模型", ("algorithm.name_is_unique", "warned", "service.name")),
    ],
)
def test_intake_looks_at_the_name_in_the_number_and_at_the_name(lodged, number, name, outcome, now):
    place = "浙江省" if number.startswith("Zhe") else "北京市"
    row = services.filed(number, name=name, place=place)
    import_file(services.make([row]), name="list", at=now)
    found = [entry[:3] for entry in messages(lodged(name="青禾大模型", number_name="QingHe"), now)]
    of_names = [entry for entry in found if entry[0] == "algorithm.name_is_unique"]
    assert of_names == ([outcome] if outcome else [])


def test_intake_looks_up_every_number_that_is_quoted(lodged, now):
    import_file(services.make([services.filed("Beijing-YuanMo-202407050001")]), name="list", at=now)
    quoted = "网信算备110101000000101240019号，Beijing-YuanMo-202407050001、Beijing-MeiYou-202407050009"
    found = messages(lodged(algorithm_filing="filed", algorithm_numbers=quoted), now)
    about = [
        text
        for rule, _outcome, path, text in found
        if (rule, path) == ("numbers.quoted_stand", "service.algorithm_numbers")
    ]
    assert len(about) == 2
    assert any("Beijing-MeiYou-202407050009 is not in this register" in text for text in about)
    assert not any("YuanMo" in text for text in about)


def test_a_passed_rule_cites_the_measures_and_not_the_algorithm_provisions(queued):
    bases = set(intake.run(submission=queued.submissions.get(), at=timezone.now()).results.values_list("legal_basis"))
    assert not any(basis.startswith("ARP") for (basis,) in bases)

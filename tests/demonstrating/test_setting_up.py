import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings

from filings import numbers
from filings.models import Authority, Event, Installation, Posting
from portal.models import User
from tests import factories

ANSWERS = {
    "authority_zh": "某某市互联网信息办公室",
    "authority_en": "Cyberspace Administration of Somewhere",
    "prefix": "某某算备",
    "public_url": "https://filing.example.cn/",
    "admin_email": "admin@filing.example.cn",
    "admin_name": "钱管理",
}


def setup(**changes):
    out = io.StringIO()
    call_command("setup", no_input=True, stdout=out, **{**ANSWERS, **changes})
    return out.getvalue()


@pytest.mark.django_db
def test_an_installation_is_told_once_whose_it_is():
    said = setup()
    row = Installation.objects.get()
    assert (row.authority_zh, row.number_prefix, row.public_url) == (
        "某某市互联网信息办公室",
        "某某算备",
        "https://filing.example.cn",
    )
    assert not row.is_demonstration
    assert Authority.objects.get().level == "national"
    assert "Storage: a file was written, read and taken away." in said


@pytest.mark.django_db
def test_the_first_administrator_sets_a_password_through_a_link_in_a_mail(client):
    setup()
    posting = Posting.objects.get()
    assert (posting.role, posting.user.email, posting.user.has_usable_password()) == (
        "administrator",
        "admin@filing.example.cn",
        False,
    )
    (message,) = mail.outbox
    assert message.to == ["admin@filing.example.cn"]
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)
    assert client.get("/accounts/" + link.partition("/accounts/")[2], follow=True).status_code == 200


@pytest.mark.django_db
def test_a_second_run_changes_nothing():
    setup()
    setup()
    assert (Installation.objects.count(), Authority.objects.count(), Posting.objects.count()) == (1, 1, 1)
    assert Event.objects.filter(kind="posting.made").count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_second_run_takes_new_facts_and_keeps_the_rest():
    setup()
    setup(authority_en="Another name", prefix=None, authority_zh=None)
    row = Installation.objects.get()
    assert (row.authority_en, row.number_prefix) == ("Another name", "某某算备")


@pytest.mark.django_db
def test_a_second_run_shows_what_stands_and_asks_for_nothing():
    setup()
    out = io.StringIO()
    call_command("setup", no_input=True, stdout=out)
    for fact in (
        "某某算备",
        "YanShi-",
        "https://filing.example.cn",
        "admin@filing.example.cn",
        "Active authorities: 1",
    ):
        assert fact in out.getvalue()
    assert Event.objects.filter(kind="installation.told").count() == 1


@pytest.mark.django_db
def test_an_administrator_is_asked_for_again_once_there_is_none(now):
    setup()
    Posting.objects.update(starts_on="2020-01-01", ends_on="2020-01-02")
    with pytest.raises(CommandError, match="--admin-email is missing"):
        call_command("setup", no_input=True)
    call_command("setup", no_input=True, admin_email="next@filing.example.cn", admin_name="周继任")
    assert Posting.objects.count() == 2


@pytest.mark.django_db
def test_another_administrator_is_not_posted_behind_the_backs_of_those_there_are():
    setup()
    told = io.StringIO()
    call_command("setup", no_input=True, admin_email="other@example.cn", admin_name="甲", stderr=told)
    assert "other@example.cn was not posted" in told.getvalue()
    assert Posting.objects.count() == 1


@pytest.mark.django_db
def test_a_new_name_goes_to_the_national_authority_and_the_old_one_is_on_record():
    setup()
    Authority.objects.create(name_zh="某某省", name_en="A province", level="provincial", region_prefix="33")
    setup(authority_zh="新某某办公室", authority_en="Renamed")
    assert Authority.objects.get(level="national").name_zh == "新某某办公室"
    told = Event.objects.filter(kind="installation.told").latest("pk").data
    assert told["before"]["authority_zh"] == ANSWERS["authority_zh"]
    with pytest.raises(CommandError, match="Another authority is called"):
        setup(authority_zh="某某省")
    assert Installation.objects.get().authority_zh == "新某某办公室"


@pytest.mark.django_db
def test_the_official_system_is_not_asked_again_whether_it_is():
    setup(prefix=numbers.OFFICIAL_PREFIX, official=True)
    setup(prefix=None, authority_en="Another name")
    row = Installation.objects.get()
    assert (row.number_prefix, row.service_prefix, row.authority_en) == (numbers.OFFICIAL_PREFIX, "", "Another name")


@pytest.mark.django_db
def test_the_official_prefix_is_refused_unless_asked_for():
    with pytest.raises(CommandError, match="would pass for official"):
        setup(prefix=numbers.OFFICIAL_PREFIX)
    assert not Installation.objects.exists()
    setup(prefix=numbers.OFFICIAL_PREFIX, official=True)
    assert Installation.objects.get().number_prefix == numbers.OFFICIAL_PREFIX


def test_the_prefix_stays_once_numbers_were_issued(db, now):
    setup()
    owner = factories.user("owner@example.cn")
    entity = factories.bare_entity(owner=owner, name="杭州青岚智能科技有限公司", at=now)
    numbers.allocate(entity=entity, algorithm_class="01", region_code="330110", at=now)
    with pytest.raises(CommandError, match="already issued"):
        setup(prefix="另一算备")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prefix": "YanShi"}, "Chinese word"),
        ({"public_url": "filing.example.cn"}, "no web address"),
        ({"admin_email": "admin"}, "no e-mail address"),
        ({"admin_name": None}, "--admin-name is missing"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_taken_is_named_and_nothing_is_written(change, said):
    with pytest.raises(CommandError, match=said):
        setup(**change)
    assert not Installation.objects.exists()
    assert not User.objects.exists()


def test_a_demonstration_is_no_installation(installation):
    with pytest.raises(CommandError, match="holds the demonstration"):
        setup()


@pytest.mark.django_db
@override_settings(DEMONSTRATION=True, OUTBOX_DIR="/tmp/outbox")
def test_what_is_still_missing_is_told():
    said = setup()
    assert "DEMO is on" in said
    assert "EMAIL_URL is not set" in said
    assert "Nobody reviews or signs" in said


@pytest.mark.django_db
def test_a_test_mail_is_sent_when_asked():
    setup(test_mail="probe@example.cn")
    assert ["probe@example.cn"] in [message.to for message in mail.outbox]

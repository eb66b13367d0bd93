import json
import random

import pytest
from django.urls import reverse
from django.utils import translation

from filings import drafts
from reviews import intake as checks
from reviews import likeness
from reviews.models import IntakeResult, TextPrint
from tests import factories

OWN = "".join(
    f"第{number}步由{letter}组值班员核对{number * 37}号样本，登记到{letter}{number}台账，"
    f"发现偏差超过{number + 3}项时退回{letter}组重做并在{number % 24}时前通报。"
    for number, letter in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", 1)
)
OTHER = "".join(
    f"平台将第{number}类素材拆成{number * 3}个片段，交{letter}号模型逐段打分，低于{number * 2 + 40}分的丢弃，"
    f"其余进入{letter}队列等待{number}名编辑终审。"
    for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUV", 1)
)


def filed(entity, person, now, text, name):
    """A submission whose own words are `text`."""
    procedure = factories.complete_draft(entity=entity, by=person, at=now, name=name)
    for section, field in (("review", "intervention"), ("model", "robustness")):
        value = json.loads(json.dumps(procedure.dossier.content[section])) | {field: text[:990]}
        version = procedure.dossier.section_versions[section]
        drafts.save_section(
            dossier=procedure.dossier, section=section, value=value, base_version=version, by=person, at=now
        )
        procedure.dossier.refresh_from_db()
    factories.submit(procedure, by=person, at=now)
    return procedure


@pytest.fixture
def stranger(outsider, installation, now):
    row = factories.verified_entity(owner=outsider, at=now)
    row.name = "杭州晴川科技有限公司"
    row.save(update_fields=["name"])
    return row


@pytest.fixture
def original(stranger, outsider, now):
    procedure = filed(stranger, outsider, now, OWN, "晴川图文创作算法")
    checks.run(submission=procedure.submissions.get(), at=now)
    return procedure


def told(procedure, now):
    checks.run(submission=procedure.submissions.get(), at=now)
    return list(IntakeResult.objects.filter(rule="text.own_words", run__submission__procedure=procedure))


def test_copied_text_is_shown_with_the_share(original, entity, provider, now):
    copy = filed(entity, provider, now, OWN.replace("，", ", ").replace("值班员", " 值班员 "), "青岚图文创作算法")
    (result,) = told(copy, now)
    assert result.outcome == "warned"
    assert original.submissions.get().reference in result.message_en
    assert "晴川图文创作算法" in result.message_en
    assert int(result.message_en.split(" ")[0]) >= 90


def test_half_a_copy_is_half_a_share(original, entity, provider, now):
    procedure = filed(entity, provider, now, OWN[:480] + OTHER, "青岚图文创作算法")
    (result,) = told(procedure, now)
    assert 30 <= int(result.message_en.split(" ")[0]) <= 65


def test_own_words_and_the_specimens_words_are_nobodys(original, entity, provider, now):
    procedure = filed(entity, provider, now, OTHER, "青岚图文创作算法")
    assert [each.outcome for each in told(procedure, now)] == ["passed"]


def test_an_entity_may_repeat_itself(original, stranger, outsider, now):
    again = filed(stranger, outsider, now, OWN, "晴川图文创作算法-2")
    assert [each.outcome for each in told(again, now)] == ["passed"]


def test_an_officer_of_another_province_learns_no_name(original, entity, provider, now):
    original.filing.region_code = "440106"
    original.filing.save(update_fields=["region_code"])
    copy = filed(entity, provider, now, OWN, "青岚图文创作算法")
    (result,) = told(copy, now)
    assert original.submissions.get().reference in result.message_zh
    assert "晴川" not in result.message_zh + result.message_en


def test_no_provider_ever_sees_it(original, entity, provider, outsider, client, now):
    copy = filed(entity, provider, now, OWN, "青岚图文创作算法")
    told(copy, now)
    for person, procedure in ((provider, copy), (outsider, original)):
        client.force_login(person)
        for name in ("procedure-detail", "dossier-check", "finding-list"):
            page = client.get(reverse(f"filings:{name}", args=[procedure.pk])).content.decode()
            other = original if procedure is copy else copy
            assert other.submissions.get().reference not in page
            assert "text.own_words" not in page


def test_prints_are_kept_once_and_only_of_the_newest_round(original, now):
    submission = original.submissions.get()
    before = TextPrint.objects.filter(submission=submission).count()
    assert before > likeness.LEAST_PRINTS
    assert likeness.keep(submission, json.loads(bytes(submission.document))["content"]) == 0
    assert TextPrint.objects.count() == before


def test_the_share_is_counted_in_two_queries_however_many_are_alike(
    original, entity, provider, now, django_assert_num_queries
):
    copy = filed(entity, provider, now, OWN, "青岚图文创作算法")
    submission = copy.submissions.get()
    likeness.keep(submission, json.loads(bytes(submission.document))["content"])
    with django_assert_num_queries(2):
        assert len(likeness.likenesses(submission)) == 1
    rows = [
        TextPrint(submission=original.submissions.get(), entity=original.filing.entity, section="x", number=number)
        for number in range(-500, 0)
    ]
    TextPrint.objects.bulk_create(rows)
    with django_assert_num_queries(2):
        assert len(likeness.likenesses(submission)) == 1


def test_the_prints_of_a_very_long_text_are_bounded():
    text = "".join(random.Random(45438).choices([chr(0x4E00 + number) for number in range(20_000)], k=400_000))
    content = {
        "section": {
            "texts": [{"key": "abcdef", "text": text[place : place + 19_000]} for place in range(0, 400_000, 19_000)]
        }
    }
    assert len(likeness.prints(content)) == likeness.MOST_PRINTS


def test_words_in_both_languages():
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert "%" not in str(checks.RULES["text.own_words"].title)

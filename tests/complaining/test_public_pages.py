"""Anybody complains from an entry's page, with or without scripts, and follows it by a code."""

import datetime as dt
import hashlib
import re
from itertools import count

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from filings.models import Matter, PublicFile
from portal import settings as real
from portal.complaints import figures, humanity
from reviews import complaints as desk
from tests import factories

pytestmark = pytest.mark.django_db
CODE = re.compile(rb"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}")


@pytest.fixture(autouse=True)
def _nobody_was_here():
    cache.clear()


def shown(*, ago=60):
    """What a form carries after a person has thought a while, answered by hand."""
    made = humanity.challenge(at=timezone.now() - dt.timedelta(seconds=ago))
    return {"token": made.token, "answer": f" {made.first + made.second} "}


def told(**changes):
    return {"topic": "content", "text": "生成了违法内容。", **shown(), **changes}


def test_a_visitor_complains_follows_answers_and_has_the_name_erased(client, entry, intake, now):
    address = reverse("complaints:complain", args=[entry.number])
    assert address.encode() in client.get(reverse("register:entry-detail", args=[entry.number])).content
    assert client.get(address).status_code == 200
    picture = SimpleUploadedFile("截图.png", factories.PNG, "image/png")
    answer = client.post(address, told(name="王小明", contact="a@example.cn", files=[picture]))
    code = CODE.search(answer.content)[0].decode()
    assert answer["Cache-Control"].count("no-store")
    matter = Matter.objects.get(kind="complaint")
    assert PublicFile.objects.get().message.matter == matter
    desk.ask_person(matter=matter, text="请说明时间。", by=intake, at=now)
    page = client.post(reverse("complaints:follow"), {"code": code.lower().replace("-", " ")})
    assert "请说明时间。" in page.content.decode()
    assert "王小明" not in page.content.decode()
    assert client.post(reverse("complaints:write"), {"code": code, "text": "昨天上午。"}).status_code == 200
    assert client.post(reverse("complaints:write"), {"code": code, "text": ""}).status_code == 422
    assert client.post(reverse("complaints:forget"), {"code": code}).status_code == 200
    assert matter.identity.erased_at is not None
    assert client.post(reverse("complaints:withdraw"), {"code": code}).status_code == 200
    matter.refresh_from_db()
    assert matter.status == "received"  # a complaint is not withdrawn
    assert client.post(reverse("complaints:follow"), {"code": "0" * 25}).status_code == 422


def test_an_objection_is_withdrawn_by_its_code(client, entry):
    address = reverse("complaints:object", args=[entry.number])
    code = CODE.search(client.post(address, {"text": "公示用途不实。", **shown()}).content)[0].decode()
    client.post(reverse("complaints:withdraw"), {"code": code})
    assert Matter.objects.get(kind="objection").status == "withdrawn"


def test_programs_and_repeated_sendings_are_refused(client, entry):
    address = reverse("complaints:complain", args=[entry.number])
    once = told()
    for wrong in (told(answer="99"), told(token="forged"), told(**shown(ago=1)), told(**shown(ago=8000))):
        assert client.post(address, wrong).status_code == 422
    cache.clear()
    assert client.post(address, once).status_code == 200
    assert client.post(address, once).status_code == 422
    codes = [client.post(address, told(answer="99")).status_code for _each in range(10)]
    assert 429 in codes


def test_sendings_that_no_person_made_use_up_nothing_of_an_entry(client, entry, settings):
    settings.ACCOUNT_RATE_LIMITS = {"complain": "10/h/ip", "complain_entry": "1/d/key", "receipt": "60/h/ip"}
    address = reverse("complaints:complain", args=[entry.number])
    for _each in range(3):
        assert client.post(address, told(answer="99")).status_code == 422
    assert client.post(address, told()).status_code == 200
    assert client.post(address, told()).status_code == 429


def test_a_browsers_work_counts_as_much_as_an_answer(now):
    made = humanity.challenge(at=now - dt.timedelta(seconds=10))

    def zeros(number):
        return hashlib.sha256(f"{made.nonce}:{number}".encode()).digest()[:2] == b"\0\0"

    work = str(next(number for number in count() if zeros(number)))
    humanity.check(token=made.token, work=work, answer="", at=now)
    assert not humanity.is_worked(made.nonce, "-1")


def test_a_limit_and_a_used_challenge_stay_on_a_busy_day():
    kept = DatabaseCache("portal_cache", real.CACHES["default"])
    kept.set("a", True, 3600)
    for number in range(320):
        kept.set(f"z{number}", True, 3600)
    assert kept.get("a")


@pytest.mark.parametrize(
    ("name", "content"), [("run.exe", b"MZ\0\0"), ("a.html", b"<script>"), ("picture.png", b"<svg onload=x>")]
)
def test_a_hostile_file_is_refused_with_a_word_and_nothing_is_kept(client, entry, name, content):
    address = reverse("complaints:complain", args=[entry.number])
    answer = client.post(address, told(files=[SimpleUploadedFile(name, content, "image/png")]))
    assert answer.status_code == 422
    assert not Matter.objects.filter(kind="complaint").exists()


def test_the_page_of_figures_opens_and_tells_no_small_count(client, entry):
    client.post(reverse("complaints:complain", args=[entry.number]), told())
    Matter.objects.filter(kind="complaint").update(opened_at=timezone.now() - dt.timedelta(days=40))
    page = client.get(reverse("complaints:statistics"))
    assert page.status_code == 200
    assert [count for _title, count in page.context["topics"] if count] == []
    assert None in [count for _title, count in page.context["topics"]]


@given(st.dictionaries(st.integers(), st.integers(0, 30), min_size=1, max_size=9))
def test_no_hidden_count_follows_from_the_others(counts):
    told = figures.suppressed(counts)
    hidden = [counts[key] for key, count in told.items() if count is None]
    assert all(count is None or count == 0 or count >= figures.LEAST for count in told.values())
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= figures.LEAST) or all(not c for c in told.values())

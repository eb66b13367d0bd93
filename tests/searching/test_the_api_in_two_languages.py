import pytest
from django.conf import settings

from tests.importing import lists


@pytest.fixture
def address(installation, listed):
    listed({"算法名称": "青禾算法"})
    return f"/api/register/{lists.number(1)}"


def asked(client, address, language, **headers):
    return client.get(address, headers={"Accept-Language": language, **headers})


@pytest.mark.parametrize("path", ["", "/api/register", "/api/openapi.json"])
def test_an_answer_depends_on_the_header_alone(client, address, path):
    before = asked(client, path or address, "en")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    after = asked(client, path or address, "en")
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert after["Vary"].lower() == "accept-language"
    assert after["Content-Language"] == "en"
    assert not after.cookies


def test_the_two_languages_have_tags_of_their_own(client, address):
    english, chinese = asked(client, address, "en"), asked(client, address, "zh-CN,zh;q=0.9,en;q=0.5")
    assert "not approval" in english.json()["notice"]
    assert "不" in chinese.json()["notice"]
    assert english["ETag"] != chinese["ETag"]
    assert chinese["Content-Language"] == "zh-hans"
    assert asked(client, address, "zh-CN", **{"If-None-Match": english["ETag"]}).status_code == 200
    same = asked(client, address, "en", **{"If-None-Match": english["ETag"]})
    assert (same.status_code, same["Vary"].lower()) == (304, "accept-language")


@pytest.mark.parametrize("language", ["", "fr", "*", "x" * 900, ";;q=,,"])
def test_a_language_that_we_do_not_speak_is_answered_in_chinese(client, address, language):
    assert asked(client, address, language)["Content-Language"] == "zh-hans"

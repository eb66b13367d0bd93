from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from filings import law, remits
from filings.models import Article, Instrument, Ministry, Region
from portal import installed


@pytest.fixture(autouse=True)
def _names_are_read(db):
    installed.authority()


def test_an_instrument_shows_its_articles_and_what_rests_on_them(client):
    page = client.get(reverse("portal:law-detail", args=["arp"]))

    rows = {each["row"].code: each for each in page.context["articles"]}
    assert rows["ARP 24(1)"]["anchor"] == "a-24-1"
    assert rows["ARP 24"]["uses"] != []


def test_articles_stand_in_the_order_of_the_law(client):
    page = client.get(reverse("portal:law-detail", args=["arp"]))

    codes = [each["row"].code for each in page.context["articles"]]
    assert codes.index("ARP 9(2)") < codes.index("ARP 10") < codes.index("ARP 24(3)") < codes.index("ARP 25")


def test_a_key_with_blanks_and_slashes_has_a_plain_address(client):
    page = client.get("/law/gb-t-45654-2025/")

    assert page.context["instrument"].key == "GB/T 45654-2025"


def test_the_measures_stand_with_their_day_and_each_of_the_seven_has_its_remit(client):
    instrument = client.get("/law/gai/").context["instrument"]

    assert instrument.in_force_from == date(2023, 8, 15)
    assert set(remits.REMIT) == set(Ministry.values)
    assert len(Ministry.values) == 7


def test_an_unknown_instrument_is_not_found(client):
    assert client.get("/law/xyz/").status_code == 404


def test_the_law_list_asks_the_database_once(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(reverse("portal:law-list"))


def test_the_law_page_asks_as_often_for_one_article_as_for_many(client, django_assert_num_queries):
    for key in ("csl", "arp"):
        with django_assert_num_queries(4):
            client.get(reverse("portal:law-detail", args=[key]))


def test_a_citation_means_the_edition_in_force_on_the_day():
    old = Article.objects.get(code="ARP 25")
    Article.objects.filter(pk=old.pk).update(in_force_to=date(2026, 12, 31))
    new = Article.objects.create(
        code="ARP 25",
        instrument=old.instrument,
        number="25",
        position=old.position,
        gist_zh="新",
        gist_en="new",
        edition="2027",
        in_force_from=date(2027, 1, 1),
        confidence="sure",
    )

    assert law.resolve("ARP 25", on=date(2026, 12, 31)) == old
    assert law.resolve("ARP 25", on=date(2027, 1, 1)) == new


@pytest.mark.parametrize("text", ["ARP", "ARP 99", "arp 25", "ARP twenty-five", "", "ARP 25; DROP TABLE"])
def test_a_citation_that_names_nothing_is_an_error(text):
    with pytest.raises(law.UnknownCitation):
        law.resolve(text, on=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [("ARP 25", "ARP", "25"), ("GAI 7(1)", "GAI", "7(1)"), ("GB/T 45654-2025 5.1", "GB/T 45654-2025", "5.1")],
)
def test_a_citation_is_a_key_and_a_number(text, key, number):
    assert law.parse(text) == law.Citation(key, number)


def test_one_article_has_one_text_a_day():
    old = Article.objects.get(code="ARP 25")
    with pytest.raises(IntegrityError, match="one_article_per_code_and_edition"), transaction.atomic():
        Article.objects.create(
            code="ARP 25",
            instrument=old.instrument,
            number="25",
            position=1,
            gist_zh="x",
            gist_en="x",
            edition="2022",
            in_force_from=old.in_force_from,
            confidence="sure",
        )


def test_every_instrument_has_articles_in_both_languages():
    assert Instrument.objects.filter(articles=None).count() == 0
    assert Article.objects.filter(gist_zh="").count() + Article.objects.filter(gist_en="").count() == 0


def test_a_division_knows_its_place_and_whether_it_still_exists():
    nanshan = Region.objects.get(code="440305")

    assert (nanshan.full_name, nanshan.parent_id, nanshan.province_code) == ("广东省深圳市南山区", "440300", "440000")
    assert Region.objects.current().filter(code="320602").exists() is False
    assert Region.objects.valid_on(date(2019, 6, 1)).filter(code="320602").exists() is True
    assert Region.objects.filter(code="406301").exists() is False

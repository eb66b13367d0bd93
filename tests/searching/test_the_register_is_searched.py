import pytest
from django.db import connection

from filings import names
from filings.models import RegisterEntry
from portal.register import queries
from portal.register.queries import Criteria
from tests.importing import lists

ROWS = [
    {"算法名称": "青禾智能客服算法", "主体名称": "杭州青禾（集团）有限公司", "应用产品": "青禾助手(APP)"},
    {
        "算法名称": "MagicDraw图像生成算法",
        "主体名称": "北京画境科技有限公司",
        "应用产品": "画境AI (网站)",
        "角色": "服务技术支持者",
    },
    {"算法名称": "鑫语音合成算法", "主体名称": "上海鑫声文化有限公司", "应用产品": "--"},
]


def found(text="", **chosen):
    page = queries.page(Criteria.read({"q": text, **chosen}))
    return {entry.name for entry in page.entries}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("鑫", "鑫语音合成算法"),
        ("客服", "青禾智能客服算法"),
        ("智能客", "青禾智能客服算法"),
        ("青禾智能客服算法", "青禾智能客服算法"),
        ("青禾(集团)", "青禾智能客服算法"),
        ("青禾（集团）", "青禾智能客服算法"),
        ("助手", "青禾智能客服算法"),
        ("magicdraw", "MagicDraw图像生成算法"),
        ("".join(chr(ord(c) + 0xFEE0) for c in "MAGIC"), "MagicDraw图像生成算法"),
        ("画境ai", "MagicDraw图像生成算法"),
        ("画境 图像", "MagicDraw图像生成算法"),
        (lists.number(3), "鑫语音合成算法"),
        (lists.number(3)[12:20], None),
        ("青禾_", set()),
        ("%", set()),
        ("禾智能图", set()),
        ("有限公司 鑫 青禾", set()),
    ],
)
def test_any_part_of_a_name_an_entity_a_product_or_a_number_is_found(listed, text, name):
    listed(*ROWS)
    expected = {row["算法名称"] for row in ROWS} if name is None else name if isinstance(name, set) else {name}
    assert found(text) == expected


def test_no_match_spans_two_fields(listed):
    listed({"算法名称": "甲乙", "主体名称": "丙丁公司"})
    assert found("乙丙") == set()


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"class": "01"}, 3),
        ({"class": "02"}, 0),
        ({"role": "supporter"}, 1),
        ({"region": "33"}, 3),
        ({"region": "44"}, 0),
        ({"year": "2024"}, 3),
        ({"standing": "cancelled"}, 0),
        ({"field": "games"}, 0),
        ({"class": "zz", "year": "x", "role": "nobody"}, 3),
    ],
)
def test_filters_narrow_and_unknown_values_are_ignored(listed, chosen, count):
    listed(*ROWS)
    assert len(found(**chosen)) == count
    assert queries.counts(Criteria.read(chosen)).total == count


def test_pages_go_on_by_key_without_gap_or_repeat(listed):
    listed(*({"算法名称": f"第{n}号算法"} for n in range(7)))
    seen, cursor = [], ""
    while True:
        page = queries.page(Criteria(), cursor=cursor, size=3)
        seen += [entry.pk for entry in page.entries]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == list(RegisterEntry.objects.order_by("-published_on", "-id").values_list("pk", flat=True))


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "WzEsIDJd", "WyIyMDI0LTAxLTAxIl0", "é"])
def test_a_made_up_cursor_is_refused(db, cursor):
    with pytest.raises(queries.MalformedCursor):
        queries.page(Criteria(), cursor=cursor)


def test_facets_count_what_matches(listed):
    listed(*ROWS)
    counts = queries.counts(Criteria.read({"q": "算法"}))
    assert counts.total == 3
    assert counts.by_facet["role"] == {"provider": 2, "supporter": 1}


def test_counting_stops_at_the_cap(listed, monkeypatch):
    monkeypatch.setattr(queries, "COUNT_CAP", 2)
    listed(*ROWS)
    assert queries.counts(Criteria()).is_capped


@pytest.mark.parametrize("text", ["算", "算法", "算法生", "A", "🙂x", "㐀㐁㐂"])
def test_database_and_python_number_the_same_characters_alike(db, text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_grams(%s)", [text])
        (grams,) = cursor.fetchone()
    assert set(names.grams(text)) <= set(grams)


def test_a_number_near_the_typed_one_is_found_for_the_verifier(listed, client):
    listed(*ROWS)
    typed = lists.number(2).replace("7654321", "7654327")
    page = client.get(f"/api/verify/{typed}").json()
    assert (page["answer"], [entry["number"] for entry in page["near"]]) == ("mistyped", [lists.number(2)])
    assert [block["block"] for block in page["blocks"] if block["problem"]] == ["entity"]

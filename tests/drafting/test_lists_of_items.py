import pytest
from django.urls import reverse


@pytest.fixture
def post(browser_of_provider, begun, address):
    def act(version, **data):
        return browser_of_provider.post(address(begun, "facilities"), {"base_version": str(version), **data})

    return act


KEYS = "facilities-deployments-keys"


def named(key):
    return f"facilities-deployments-{key}-name"


def names(rows):
    return [(row["key"], row.get("name", "")) for row in rows["deployments"]]


def test_an_item_is_added_and_the_page_opens_at_it(post, begun, address, stored):
    answer = post(0, **{"item-action": "add:deployments", "new-key": "abcdef", "facilities-software": "Linux"})

    assert answer.url == f"{address(begun, 'facilities')}?item=abcdef#div_id_facilities-deployments-abcdef"
    assert stored(begun, "facilities") == {"software": "Linux", "deployments": [{"key": "abcdef"}]}


def test_adding_twice_by_a_double_click_adds_one(post, begun, stored):
    for _click in range(2):
        post(0, **{"item-action": "add:deployments", "new-key": "abcdef"})

    assert names(stored(begun, "facilities")) == [("abcdef", "")]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("up:deployments:bbbbbb", [("bbbbbb", "乙"), ("aaaaaa", "甲")]),
        ("down:deployments:aaaaaa", [("bbbbbb", "乙"), ("aaaaaa", "甲")]),
        ("remove:deployments:aaaaaa", [("bbbbbb", "乙")]),
        ("copy:deployments:aaaaaa", [("aaaaaa", "甲"), ("cccccc", "甲"), ("bbbbbb", "乙")]),
    ],
)
def test_items_are_moved_copied_and_removed_by_buttons(post, begun, stored, action, expected):
    post(
        0,
        **{
            KEYS: ["aaaaaa", "bbbbbb"],
            named("aaaaaa"): "甲",
            named("bbbbbb"): "乙",
            "item-action": action,
            "new-key": "cccccc",
        },
    )

    assert names(stored(begun, "facilities")) == expected


def test_items_keep_their_keys_when_only_answers_change(post, begun, stored):
    post(0, **{KEYS: ["aaaaaa"], named("aaaaaa"): "甲", "go": "continue"})
    post(1, **{KEYS: ["aaaaaa"], named("aaaaaa"): "甲改", "go": "continue"})

    assert names(stored(begun, "facilities")) == [("aaaaaa", "甲改")]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_queries_for_one_item_and_for_three(
    browser_of_provider, begun, address, post, django_assert_num_queries, count
):
    keys = ["aaaaaa", "bbbbbb", "cccccc"][:count]
    data = {KEYS: keys, **{named(key): "机房" for key in keys}, "go": "continue"}
    browser_of_provider.get(reverse("filings:dossier-list", args=[begun.pk]))

    with django_assert_num_queries(4):  # the session, the person, the dossier, and one statement that saves
        post(0, **data)
    with django_assert_num_queries(3):
        browser_of_provider.get(address(begun, "facilities"))

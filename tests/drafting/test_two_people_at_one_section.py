import pytest

from filings import drafts

THEIRS = {"summary": "同事写的", "scenarios": "同一场景"}


@pytest.fixture
def both(begun, colleague, now, address, browser_of_provider):
    """The page was opened at version 1; a colleague has saved version 2 since."""
    dossier = begun.dossier
    drafts.save_section(
        dossier=dossier, section="introduction", value={"summary": "起初"}, base_version=0, by=colleague, at=now
    )
    drafts.save_section(dossier=dossier, section="introduction", value=THEIRS, base_version=1, by=colleague, at=now)

    def post(**answers):
        data = {f"introduction-{name}": text for name, text in answers.items()}
        return browser_of_provider.post(address(begun, "introduction"), {"base_version": "1", "go": "continue", **data})

    return post


def kept(answer):
    return answer.context["kept"]


def test_changes_of_different_answers_are_joined(both, begun, stored, address):
    answer = both(summary="起初", user_groups="成年人")

    assert answer.url == address(begun, "introduction")
    assert stored(begun, "introduction") == {**THEIRS, "user_groups": "成年人"}


def test_changes_of_one_answer_are_shown_side_by_side_and_nothing_is_written(both, begun, stored, colleague):
    answer = both(summary="我写的")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert [(c.base, c.mine, c.theirs) for c in answer.context["choices"]] == [("起初", "我写的", "同事写的")]
    assert "我写的" in page
    assert "同事写的" in page
    assert str(colleague) in page
    assert stored(begun, "introduction") == THEIRS


@pytest.mark.parametrize(
    ("choice", "summary"),
    [({"choice-0": "mine"}, "我写的"), ({"choice-0": "theirs"}, "同事写的"), ({"choice-0": "write"}, "两人写的")],
)
def test_the_choice_is_saved_with_everything_else_joined(
    both, begun, stored, address, browser_of_provider, choice, summary
):
    asked = both(summary="我写的", user_groups="成年人")

    answer = browser_of_provider.post(
        address(begun, "introduction"), {"kept": kept(asked), "choice-0-text": "两人写的", **choice}
    )

    assert answer.url == address(begun, "introduction")
    assert stored(begun, "introduction") == {**THEIRS, "summary": summary, "user_groups": "成年人"}


def test_a_third_save_during_the_choice_is_not_overwritten(
    both, begun, stored, address, browser_of_provider, colleague, now
):
    asked = both(summary="我写的")
    drafts.save_section(
        dossier=begun.dossier,
        section="introduction",
        value={**THEIRS, "summary": "又改了"},
        base_version=2,
        by=colleague,
        at=now,
    )

    again = browser_of_provider.post(address(begun, "introduction"), {"kept": kept(asked), "choice-0": "mine"})

    assert again.status_code == 409
    assert [c.theirs for c in again.context["choices"]] == ["又改了"]
    assert stored(begun, "introduction")["summary"] == "又改了"


def test_a_forged_comparison_changes_nothing(both, begun, stored, address, browser_of_provider):
    both(summary="我写的")

    browser_of_provider.post(address(begun, "introduction"), {"kept": "forged", "choice-0": "mine"})

    assert stored(begun, "introduction") == THEIRS


def test_the_page_says_who_else_is_at_work(both, begun, address, browser_of_provider, colleague):
    page = browser_of_provider.get(address(begun, "introduction")).content.decode()

    assert colleague.get_short_name() in page


def test_a_removed_item_that_another_changed_asks_which_stands(
    begun, colleague, now, address, browser_of_provider, stored
):
    first = {"nodes": [{"key": "aaaaaa", "name": "甲"}]}
    theirs = {"nodes": [{"key": "aaaaaa", "name": "甲改"}]}
    for version, value in enumerate((first, theirs)):
        drafts.save_section(
            dossier=begun.dossier, section="flow", value=value, base_version=version, by=colleague, at=now
        )
    asked = browser_of_provider.post(
        address(begun, "flow"), {"base_version": "1", "flow-nodes-keys": [], "go": "continue"}
    )

    browser_of_provider.post(address(begun, "flow"), {"kept": kept(asked), "choice-0": "mine"})

    assert asked.status_code == 409
    assert not (stored(begun, "flow") or {}).get("nodes")


def test_without_a_choice_the_comparison_is_shown_again(both, begun, stored, address, browser_of_provider):
    asked = both(summary="我写的")

    again = browser_of_provider.post(address(begun, "introduction"), {"kept": kept(asked)})

    assert again.status_code == 409
    assert [c.mine for c in again.context["choices"]] == ["我写的"]
    assert stored(begun, "introduction") == THEIRS

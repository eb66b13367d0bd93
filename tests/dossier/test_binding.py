import pytest

from filings.dossier import official, schema
from filings.dossier.bound import ACTION, bind
from filings.dossier.forms import SealRequired
from filings.dossier.kinds import KINDS
from tests.dossier.samples import complete_dossier, complete_entity


def press(content, section, button):
    posted = bind("deep_synthesis", section, content).as_data()
    posted[ACTION] = button
    return bind("deep_synthesis", section, content, posted).value()


def keys(rows):
    return [row["key"] for row in rows]


def test_items_are_added_copied_moved_and_removed_by_buttons_and_keep_their_keys():
    content = complete_dossier()
    first, second = keys(content["labels"]["labels"])

    added = keys(press(content, "labels", "add:labels")["labels"])
    copied = press(content, "labels", f"copy:labels:{first}")["labels"]
    moved = keys(press(content, "labels", f"down:labels:{first}")["labels"])
    removed = keys(press(content, "labels", f"remove:labels:{first}")["labels"])

    assert added[:2] == [first, second]
    assert len(set(added)) == 3
    assert [keys(copied)[0], keys(copied)[2]] == [first, second]
    assert {**copied[1], "key": first} == copied[0]
    assert moved == [second, first]
    assert removed == [second]


def test_an_item_stays_at_the_top_when_moved_up():
    content = complete_dossier()
    first, second = keys(content["labels"]["labels"])

    assert keys(press(content, "labels", f"up:labels:{first}")["labels"]) == [first, second]


def test_a_file_that_is_not_the_dossiers_is_refused():
    content = complete_dossier()
    posted = bind("deep_synthesis", "flow", content).as_data()
    posted.appendlist("flow-chart", "00000000-0000-0000-0000-000000000000")

    bound = bind("deep_synthesis", "flow", content, posted)

    assert [problem.path for problem in bound.errors] == ["flow.chart"]
    assert bound.value()["chart"] == content["flow"]["chart"]


def test_a_newly_stored_file_is_taken():
    content = complete_dossier()
    new = {
        "attachment": "11111111-1111-1111-1111-111111111111",
        "name": "新.png",
        "type": "image/png",
        "size": 3,
        "sha256": "0" * 64,
    }
    posted = bind("deep_synthesis", "flow", content).as_data()
    posted.appendlist("flow-chart", new["attachment"])

    bound = bind("deep_synthesis", "flow", content, posted, known={new["attachment"]: new})

    assert bound.errors == []
    assert bound.value()["chart"] == [*content["flow"]["chart"], new]


def test_an_identity_number_is_sealed_and_never_stored():
    entity = complete_entity()
    posted = bind("entity", "legal_representative", entity).as_data()
    posted["legal_representative-document_number"] = "11010519491231002X"
    bound = bind("entity", "legal_representative", entity, posted)
    seen = []

    def seal(path, text):
        seen.append((path, text))
        return {"sealed": "s", "digest": "d"}

    value = bound.value(seal)

    assert seen == [("legal_representative.document_number", "11010519491231002X")]
    assert value["document_number"] == {"sealed": "s", "digest": "d"}
    with pytest.raises(SealRequired):
        bound.value()


def test_a_wrong_identity_number_is_named_and_neither_stored_nor_sealed():
    entity = complete_entity()
    posted = bind("entity", "legal_representative", entity).as_data()
    posted["legal_representative-document_number"] = "110105194912310021"
    bound = bind("entity", "legal_representative", entity, posted)

    assert [problem.path for problem in bound.errors] == ["legal_representative.document_number"]
    assert bound.value() == entity["legal_representative"]


def test_a_wrong_credit_code_is_kept_as_typed_and_reported():
    entity = complete_entity()
    posted = bind("entity", "basic", entity).as_data()
    posted["basic-credit_code"] = "91330110MA2QLAN7X8"

    bound = bind("entity", "basic", entity, posted)

    assert [problem.path for problem in bound.errors] == ["basic.credit_code"]
    assert bound.value()["credit_code"] == "91330110MA2QLAN7X8"


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_answer_has_a_place_in_the_json_schema(kind):
    described = schema.json_schema(kind)["properties"]
    content = (
        complete_entity() if kind == "entity" else complete_dossier(kind, "02" if kind == "recommendation" else "01")
    )

    assert set(described) == {section.code for section in KINDS[kind].sections}
    for code, answers in content.items():
        if code in described:
            assert set(answers) <= {*described[code]["properties"], "role", "techniques"}


def test_the_official_documents_quote_what_was_entered_once():
    entity, content = complete_entity(), complete_dossier()

    cover = official.self_assessment("deep_synthesis", content, entity)[0]
    published = official.publication("deep_synthesis", content)

    values = {row.path: row.value for row in cover.rows}
    assert values["basic.name"] == entity["basic"]["name"]
    assert [chapter.rows[0].value for chapter in published][:1] == [content["algorithm"]["name"]]
    assert len(official.responsibility(entity)) == 10

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from reviews import sampling
from reviews.sampling import BankRow

DIGEST = hashlib.sha256(b"bank").hexdigest()


def bank(count, sheet=0):
    return [BankRow(sheet, n, f"题{n}") for n in range(2, count + 2)]


def drawn(rows, seed="a", sha256=DIGEST, size=10):
    return sampling.draw(iter(rows), seed=seed, sha256=sha256, size=size)


def slowly(rows, seed, sha256, size):
    def lot(each):
        return hashlib.sha256(f"{seed}\n{sha256}\n{each.sheet}\n{each.row}".encode()).hexdigest()

    return sorted(sorted(rows, key=lot)[:size])


def test_the_same_seed_and_file_give_the_same_sample():
    assert drawn(bank(500)) == drawn(bank(500))


def test_another_seed_or_another_file_gives_another_sample():
    one = drawn(bank(500)).rows

    assert drawn(bank(500), seed="b").rows != one
    assert drawn(bank(500), sha256="0" * 64).rows != one


def test_a_published_example_can_be_drawn_again_by_hand():
    rows = [each.row for each in drawn(bank(40), seed="2026-11-23", sha256="0" * 64, size=5).rows]

    assert rows == [each.row for each in slowly(bank(40), "2026-11-23", "0" * 64, 5)]


@given(st.integers(0, 60), st.integers(0, 70), st.text("abc", max_size=4))
def test_a_sample_is_what_a_slow_sort_of_all_lots_gives(count, size, seed):
    found = drawn(bank(count), seed=seed, size=size)

    assert found.rows == slowly(bank(count), seed, DIGEST, size)
    assert found.total == count


@given(st.integers(1, 60), st.integers(0, 30), st.integers(0, 30))
def test_a_larger_sample_holds_the_smaller_one(count, size, more):
    assert set(drawn(bank(count), size=size).rows) <= set(drawn(bank(count), size=size + more).rows)


def test_of_two_files_together_the_smallest_lots_are_asked():
    one, two = drawn(bank(30), sha256="1" * 64, size=8), drawn(bank(30, sheet=1), sha256="2" * 64, size=8)

    def lots(file, row):
        return sampling.lot("a", file * 64, row.sheet, row.row)

    both = sampling.together([("1", one), ("2", two)], lots=lots, size=8)

    assert sum(len(part.rows) for _file, part in both) == 8
    assert [part.total for _file, part in both] == [30, 30]


def test_own_questions_are_drawn_by_the_seed_as_well():
    assert sampling.pick(range(100), seed="a", size=5) == sampling.pick(range(100), seed="a", size=5)
    assert sampling.pick(range(100), seed="a", size=5) != sampling.pick(range(100), seed="b", size=5)
    assert sampling.new_seed() != sampling.new_seed()

"""Two sets of rows that differ have different digests, in whatever order they come."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.stores.rows import Table, TableDigest

VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.floats(allow_nan=False) | st.binary()
ROWS = st.lists(st.tuples(VALUES, VALUES), max_size=6)


def digest(*rows):
    """Return the digest of rows."""
    made = TableDigest()
    made.add(rows)
    return made


@given(ROWS, st.randoms())
def test_order_and_pieces_do_not_matter(rows, chance):
    """However the rows are shuffled and cut, it is the same digest."""
    shuffled = list(rows)
    chance.shuffle(shuffled)
    pieces = TableDigest()
    for row in shuffled:
        pieces.add([row])

    assert pieces == digest(*rows)
    assert pieces.hexdigest == digest(*rows).hexdigest


@given(ROWS, st.tuples(VALUES, VALUES))
def test_one_row_more_is_seen(rows, another):
    """Also when it is there already."""
    assert digest(*rows, another) != digest(*rows)


ALIKE = [
    (None, None), ("", None), (None, ""), ("", ""), (0, None), ("0", None), (0.0, None), (b"", None), (b"0", None),
    ("ab", "c"), ("a", "bc"), ("1:a", ""), (1, 23), (12, 3), (-1, 0), ("é", ""), ("e\u0301", ""), ("i1:1", None),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), list(combinations(ALIKE, 2)))
def test_rows_that_look_alike_are_told_apart(one, other):
    """Types, lengths and places count."""
    assert digest(one) != digest(other)


def test_statements_name_their_columns():
    """Names are quoted: a column may be called like a word of SQL."""
    table = Table("contacts", ("person", "at"))

    assert table.select == 'SELECT "person", "at" FROM "contacts"'
    assert table.count == 'SELECT count(*) FROM "contacts"'

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.errors import Unreadable
from pagerd.sources import strict
from pagerd.sources.strict import Parts, cut


@pytest.mark.parametrize(
    ("body", "elements"),
    [
        (b'{"a":[]}', []),
        (b'{"a":[ \n ]}', []),
        (b'{"a":null}', []),
        (b'{"a":[1]}', [b"1"]),
        (b'{"a":[1, "x,]" ,{"b":[2,3],"a":[4]}]}', [b"1", b'"x,]"', b'{"b":[2,3],"a":[4]}']),
        (b'{"x":{"a":[9]},"a" : [1],"y":[8,7]}', [b"1"]),
        (b'{"x":"a","a":[[1,2],[3]]}', [b"[1,2]", b"[3]"]),
        (b'{"a":["\\"a\\":["]}', [b'"\\"a\\":["']),
        (b'{"a":[1,]}', [b"1", b""]),
        (b'{"a":[,]}', [b"", b""]),
        (b'{"a":[1],"a":[2]}', [b"2"]),
    ],
)
def test_cutting(body: bytes, elements: list[bytes]) -> None:
    """The elements of the list under the top-level key are cut as they were written, whatever lies in their strings."""
    parts = cut(body, "a", "reading")

    assert parts is not None
    assert parts.elements == elements
    assert len(parts.around) == len(body)


@pytest.mark.parametrize("body", [b"{}", b'{"b":[1]}', b'{"x":{"a":[1]}}', b'{"x":"a"}', b'{"x":["a"]}'])
def test_no_such_list(body: bytes) -> None:
    """A key elsewhere, or a value that looks like it, is not the key."""
    assert cut(body, "a", "reading") is None


def test_places_are_kept() -> None:
    """What is left is as long as what was sent, so an error names the byte that the sender sees."""
    parts = cut(b'{"a":[{"b":1},2], "c":3}', "a", "reading")

    assert parts == Parts([b'{"b":1}', b"2"], b'{"a":[         ], "c":3}')


@given(
    st.lists(st.recursive(st.text(max_size=8), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))),
    st.integers(0, 2),
)
def test_cutting_is_decoding(values: list[object], indent: int) -> None:
    """Each element of well-formed JSON is cut to exactly what it says."""
    body = json.dumps({"x": values, "a": values, "y": {"a": [1]}}, indent=indent or None, ensure_ascii=False)
    parts = cut(body.encode(), "a", "reading")

    assert parts is not None
    assert [json.loads(element) for element in parts.elements] == values
    assert json.loads(parts.around) == {"x": values, "a": [], "y": {"a": [1]}}


def test_signs_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body with more signs than any honest one is refused before it has cost more than a second."""
    monkeypatch.setattr(strict, "TOKENS_MAX", 100)

    assert cut(b'{"a":[' + b"1," * 90 + b"1]}", "a", "reading") is not None
    with pytest.raises(Unreadable, match="expected at most 100 strings and signs"):
        cut(b'{"a":[' + b"1," * 100 + b"1]}", "a", "reading")


def test_a_string_that_never_ends_is_looked_at_once() -> None:
    """A megabyte of escaped quotes is refused at once: no way of reading it is tried twice."""
    with pytest.raises(Unreadable, match="to be closed"):
        cut(b'{"a":["' + b'\\"' * 500_000, "a", "reading")


def test_escapes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but escapes is no honest text, and each is looked at without a turn for others."""
    monkeypatch.setattr(strict, "ESCAPES_MAX", 100)

    assert cut(b'{"a":["' + b"\\n" * 100 + b'"]}', "a", "reading") is not None
    with pytest.raises(Unreadable, match="expected at most 100 escaped characters"):
        cut(b'{"a":["' + b"\\n" * 101 + b'"]}', "a", "reading")


@given(st.lists(st.text(alphabet='x"},{\\', max_size=9), min_size=1, max_size=9), st.integers(1, 30))
def test_slices_are_the_list(values: list[str], size: int) -> None:
    """Wherever a long list is cut into slices, together they are the list."""
    body = json.dumps([{"a": value} for value in values], separators=(",", ":")).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict, "SLICE", size)
        try:
            pieces = list(strict.slices(body, 1, len(body) - 1, b'},{"a":'))
        except Unreadable:
            return  # The values are too long for so short slices.

    assert [one["a"] for piece in pieces for one in json.loads(piece)] == values


def test_an_alert_of_too_many_strings_is_refused_unread() -> None:
    """Decoding half a million labels would hold up everybody; a few long texts hold up nobody."""
    strict.check_size(b'{"labels":{"a":"' + b"x" * 1_000_000 + b'","b":"' + b'\\"' * 100_000 + b'"}}')
    with pytest.raises(Unreadable, match="expected at most 20000 strings in one alert, found 200001"):
        strict.check_size(b'{"labels":{' + b'"a":"b",' * 100_000 + b"}}".replace(b",}", b"}"))

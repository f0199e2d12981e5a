"""The bytes of the chain, which other programs may rely on."""

import hashlib
from dataclasses import replace

import pytest

from pagerd.core.audit import Head, Link, anchored, content_of, flaws, hash_of


def by_hand(*fields: str) -> str:
    """Hash as docs/audit.md says, in other words."""
    data = b""
    for field in fields:
        data += len(field.encode("utf-8")).to_bytes(8, "big") + field.encode("utf-8")
    return hashlib.sha256(data).hexdigest()


def test_an_entry_is_hashed_as_the_page_says():
    """Each field as its length in bytes and its bytes, the hash before it first."""
    content = by_hand("pagerd-content-1", '{"by":"ana"}', "[]")

    assert content_of('{"by":"ana"}', "[]") == content
    assert hash_of("ab", "p-1", 2, 1700000000000000, "rev", "Häuser", content) == by_hand(
        "pagerd-entry-1", "ab", "p-1", "2", "1700000000000000", "rev", "Häuser", content
    )


def test_an_anchor_is_hashed_as_the_page_says():
    """The heads stand in the order of their objects, whatever order they came in."""
    heads = (Head(object_id="t-1", version=1, hash="bb"), Head(object_id="p-1", version=3, hash="aa"))

    made = anchored(7, 1700000000000000, 10, 14, heads, "cc")

    assert made.hash == by_hand(
        "pagerd-anchor-1", "cc", "7", "1700000000000000", "10", "14", "p-1", "3", "aa", "t-1", "1", "bb"
    )


def test_the_words_of_one_field_never_pass_for_another():
    """Moving a sign from one field to the next is another entry."""
    assert content_of("ab", "c") != content_of("a", "bc")
    assert hash_of("", "p-1", 11, 1, "", "", "") != hash_of("", "p-1", 1, 11, "", "", "")


def a_chain(count: int, *, hashed_from: int = 1) -> list[Link]:
    """Make a chain of which the first entries may be from before there were hashes."""
    links: list[Link] = []
    for version in range(1, count + 1):
        previous = links[-1].hash if links else ""
        hashed = ""
        if version >= hashed_from:
            hashed = hash_of(previous, "p-1", version, version, "", "E", content_of("{}", "[]"))
        entry = {"plan": "", "event": "E", "body": "{}", "entries": "[]"}
        links.append(Link(object_id="p-1", version=version, at=version, hash=hashed, seq=version, **entry))
    return links


def test_entries_from_before_the_chain_are_allowed_only_where_they_were():
    """A blank hash is right up to the migration, never after it, and never behind an entry that has one."""
    chain = a_chain(4, hashed_from=3)

    assert flaws(chain, unchained_through=2) == []
    assert flaws(chain, unchained_through=1) == ["entry 2 has no hash"]
    assert "entry 4 has no hash" in flaws([*a_chain(3), a_chain(4, hashed_from=5)[3]], unchained_through=9)


NOT_WRITTEN = "is not what was written, or does not follow what stands before it"


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        ({"body": '{"by":"ben"}'}, [f"entry 2 {NOT_WRITTEN}"]),
        ({"entries": '["x"]'}, [f"entry 2 {NOT_WRITTEN}"]),
        ({"at": 9}, [f"entry 2 {NOT_WRITTEN}"]),
        ({"plan": "other"}, [f"entry 2 {NOT_WRITTEN}"]),
        ({"event": "Resolved"}, [f"entry 2 {NOT_WRITTEN}"]),
        ({"object_id": "p-2"}, [f"entry 2 {NOT_WRITTEN}"]),
        ({"hash": "ab"}, [f"entry 2 {NOT_WRITTEN}", f"entry 3 {NOT_WRITTEN}"]),
        ({"seq": 1}, ["entry 2 was written before entry 1"]),
        ({"body": "", "content": content_of("{}", "[]"), "redaction": 4}, []),
        ({"body": "", "content": content_of("{}", "[]")}, ["entry 2 is half marked as redacted"]),
        ({"redaction": 4}, ["entry 2 is half marked as redacted"]),
        ({"content": "ab", "redaction": 4}, [f"entry 2 {NOT_WRITTEN}"]),
    ],
)
def test_whatever_is_changed_afterwards_is_found(forged, said):
    """In an entry and in its place; a redaction takes the words, and neither their digest nor a half of its mark."""
    first, second, third = a_chain(3)

    assert flaws([first, replace(second, **forged), third], unchained_through=0) == said


def test_what_was_taken_out_is_found():
    """The numbers have a hole, and what follows it does not follow what stands before it."""
    first, _, _, last = a_chain(4)

    assert flaws([first, last], unchained_through=0) == ["entries 2 to 3 are missing", f"entry 4 {NOT_WRITTEN}"]
    assert flaws(a_chain(4), unchained_through=0) == []

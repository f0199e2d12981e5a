"""Who is erased stands nowhere any more, and nobody else is touched."""

import pytest

from pagerd.core.pseudonym import ERASED_PHONE, Erasure

ANA = Erasure(
    person="ana", pseudonym="person-1", names=("Ana", "Ana Ribeiro"), addresses=("ana@example.com", "+4915112345678")
)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Ana Ribeiro has it", "person-1 has it"),
        ("ask Ana, or Anabel", "ask person-1, or Anabel"),
        ("mail ana@example.com or +4915112345678", "mail person-1 or person-1"),
        ("resolved by ana", "resolved by person-1"),
        ("by ana-maria, by anab", "by ana-maria, by anab"),
        ("ana is a word of some language", "ana is a word of some language"),
    ],
)
def test_free_text_loses_names_and_addresses(said: str, left: str) -> None:
    """An id alone may be anybody's word: it goes only behind `by`."""
    assert ANA.words(said) == left


def test_what_is_stored_loses_the_person_where_it_names_people() -> None:
    """An id is replaced whole, at any depth, and the same word under another key stays."""
    stored = {"people": ["ana", "ben"], "asked": "ana, ben", "service": "ana", "more": {"by": "ana", "rank": 1}}

    assert ANA.value(stored) == {
        "people": ["person-1", "ben"],
        "asked": "person-1, ben",
        "service": "ana",
        "more": {"by": "person-1", "rank": 1},
    }


def test_a_file_can_still_be_read() -> None:
    """A mail address stays one, a number stays one, and a path that has the id in it stays whole."""
    text = "ana:\n  name: Ana Ribeiro\n  email: ana@example.com\n  sms: '+4915112345678'\n  see: people/ana.yaml\n"

    assert ANA.file(text) == (
        "person-1:\n  name: person-1\n  email: person-1@erased.invalid\n"
        f"  sms: '{ERASED_PHONE}'\n  see: people/ana.yaml\n"
    )


def test_nobody_elses_address_is_touched() -> None:
    """One that ends in that of whoever is erased is somebody else's, and must go on working."""
    assert ANA.file("email: diana@example.com\nsms: '+49151123456789'\n") == (
        "email: diana@example.com\nsms: '+49151123456789'\n"
    )

import pytest

from pagerd.config.values import name as read_name
from pagerd.importers.naming import Names, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Ribeiro", "ana-ribeiro"),
        ("Eva Nováková", "eva-novakova"),
        ("Jürgen Groß", "jurgen-gross"),
        ("Conan O'Brien", "conan-obrien"),
        ("  --Payments (EU) / 2-- ", "payments-eu-2"),
        ("조민지", ""),
        ("x" * 100, "x" * 63),
    ],
)
def test_a_name_is_made_of_letters(text, name):
    """Marks are dropped, and what has no letter makes no name."""
    assert slug(text) == name


def test_each_name_is_given_once():
    """The second wish comes before a number, and words that mean something else are nobody's name."""
    names = Names()

    given = [
        names.give(*wishes, otherwise="P1") for wishes in (("Ana",), ("Ana", "Ribeiro"), ("Ana",), ("none",), ("조",))
    ]

    assert given == ["ana", "ribeiro", "ana-2", "none-2", "p1"]
    assert [read_name(one) for one in given] == given


@pytest.mark.parametrize("word", ["primary", "null", "escalation", "people", "no"])
def test_a_word_of_the_format_is_no_name(word):
    """A schedule called Primary would be taken for the role."""
    assert Names().give(word, f"{word} schedule", otherwise="x") == f"{word}-schedule"

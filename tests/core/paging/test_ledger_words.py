import pytest

from pagerd.core.paging.ledger_words import how_to_answer, how_to_answer_mail
from pagerd.core.paging.purpose import Purpose
from tests.core.paging.test_facts import facts

NOT_READ = "An answer to this mail is not read."
NUMBER = "by text, to the number that pages you"


@pytest.mark.parametrize(
    ("known", "said", "mailed"),
    [
        (
            {"purpose": Purpose.NIGHT, "code": "47"},
            "Reply 47 40m (or 1h30, none)",
            f"Reply 47 40m (or 1h30, none) {NUMBER}; or pagerd nights worked last 40m. {NOT_READ}",
        ),
        (
            {"purpose": Purpose.REST, "code": "47"},
            "Reply 47 ok, or 47 no",
            f"Reply 47 ok, or 47 no {NUMBER}; or pagerd rest. {NOT_READ}",
        ),
        (
            {"purpose": Purpose.NIGHT, "code": "47", "by_text": False},
            "Answer with: pagerd nights worked last 40m",
            f"pagerd nights worked last 40m. {NOT_READ}",
        ),
        (
            {"purpose": Purpose.REST, "code": "47", "by_text": False},
            "Answer with: pagerd rest",
            f"pagerd rest. {NOT_READ}",
        ),
        (
            {"purpose": Purpose.SWAP, "code": "N47", "link": "https://x.example"},
            "Reply N47 ok, or N47 no",
            f"Reply N47 ok, or N47 no {NUMBER}; or pagerd swap list; or on your page, https://x.example/me. {NOT_READ}",
        ),
        (
            {"purpose": Purpose.SWAP, "code": "N47", "by_text": False},
            "Answer with: pagerd swap list",
            f"pagerd swap list. {NOT_READ}",
        ),
        ({"purpose": Purpose.NIGHT, "code": None}, "", ""),
        ({"purpose": Purpose.REST, "code": "4 7"}, "", ""),
    ],
)
def test_how_a_message_about_a_night_is_answered(known: dict[str, object], said: str, mailed: str) -> None:
    """By text only where one would be heard; nothing is asked for without a code that can be typed."""
    assert how_to_answer(facts(**known)) == said
    assert how_to_answer_mail(facts(**known)) == mailed

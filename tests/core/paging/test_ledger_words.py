from dataclasses import replace

import pytest

from pagerd.core.paging.ledger_words import how_to_answer, how_to_answer_mail, with_link
from pagerd.core.paging.mailed import mail
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.wording import text
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


@pytest.mark.parametrize(
    ("known", "said", "expected"),
    [
        ({"link": "https://x.example/x/1"}, "Take it?", "Take it?\nhttps://x.example/x/1"),
        ({"link": "https://x.example/x/1"}, "t" * 138, "t" * 138 + "\nhttps://x.example/x/1"),
        ({"link": "https://x.example/x/1"}, "t" * 139, "t" * 139),
        ({"link": "https://x.example/x/é\u202e"}, "Take it?", "Take it?"),
        ({"link": None}, "Take it?", "Take it?"),
        ({"link": "https://x.example/x/1", "code": None}, "Take it?", "Take it?"),
    ],
)
def test_a_link_comes_last_and_only_whole(known: dict[str, object], said: str, expected: str) -> None:
    """A text works without it; what asks for nothing has none."""
    assert with_link(facts(**({"purpose": Purpose.SWAP, "code": "N47"} | known)), said) == expected


def test_a_mail_names_its_link_with_the_code_that_it_asks_for() -> None:
    """Beside the other ways; without one it names the page of whoever signs in alone."""
    link = "https://x.example/x/1"
    swap = facts(purpose=Purpose.SWAP, code="N47", note="Take it?", link="https://x.example", mail_link=link)
    said = mail(swap).text

    assert f"Open this and type the code N47 there. Opening it alone does nothing:\n  {link}\n" in said
    assert "Reply N47 ok, or N47 no by text" in said
    assert "Open this" not in mail(facts(purpose=Purpose.SWAP, code="N47", note="Take it?")).text
    assert text(replace(swap, link=link)).body == f"Take it?\nReply N47 ok, or N47 no\n{link}"

from datetime import timedelta

import pytest

from pagerd.core.paging.facts import Facts
from pagerd.core.paging.gsm import SEGMENT, plain, septets
from pagerd.core.paging.mailed import mail
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.sign_in_words import MINUTES
from pagerd.core.paging.wording import text
from pagerd.core.signin import CODE_LASTS
from tests.builders import BERLIN, NOON


def facts(**fields):
    """Return what a message with a code may say."""
    own = {"code": "12345678", "link": "https://pager.example.com"}
    return Facts(purpose=Purpose.SIGN_IN, at=NOON, zone=BERLIN, reader="Ana", urgent=True, **(own | fields))


def test_the_text_has_the_code_and_the_site_that_it_is_for():
    """Its last line is what phones read: they offer the code on that site alone."""
    assert text(facts()).body == (
        "pagerd sign-in code 1234 5678, good 10 min. Not you? Tell it to nobody: it is the only way in."
        "\n\n@pager.example.com #12345678"
    )


@pytest.mark.parametrize(
    "link", [None, "https://x.example/" + "p" * 300, "https://" + "a" * 60 + ".example", "nonsense"]
)
def test_the_text_is_one_segment_wherever_pagerd_stands(link):
    """Where the site does not fit, the code alone goes."""
    body = text(facts(link=link)).body

    assert septets(body) <= SEGMENT
    assert all(plain(line) == line for line in body.split("\n"))
    assert "1234 5678" in body


def test_the_mail_says_what_to_do_who_did_not_ask():
    """The code is not in its subject, which stands on a locked screen, and nothing there asks to answer."""
    said = mail(facts())

    assert said.subject == "[pagerd] Your sign-in code"
    assert "1234 5678" in said.text
    assert "You did not ask for it?" in said.text
    assert "How to answer" not in said.text
    assert not said.urgent


def test_a_code_that_came_too_late_is_none():
    """Nobody types what opens nothing."""
    assert "not needed any more" in text(facts(code=None)).body
    assert "not needed any more" in mail(facts(code=None)).text


def test_the_minutes_are_those_of_the_code():
    """The message says how long it is good."""
    assert timedelta(minutes=MINUTES) == CODE_LASTS

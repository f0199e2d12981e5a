import pytest

from pagerd.core.incidents.message_texts import TEXTS, template_of
from pagerd.core.incidents.messages import (
    HEADING_MAX,
    PUBLIC,
    SUBJECTS,
    MessageKind,
    MessageRules,
    Route,
    Written,
    plainly,
    samples,
)
from pagerd.core.incidents.promises import promises_in


def test_every_kind_has_its_fields_and_a_template():
    """What can be told can be said, and nothing is said that is never told."""
    assert set(SUBJECTS) == set(TEXTS) == set(MessageKind)
    assert {kind for kind in MessageKind if kind.value.startswith("public_")} == PUBLIC


@pytest.mark.parametrize("kind", list(MessageKind))
def test_no_template_of_ours_promises(kind):
    """Never guess, never overpromise."""
    assert promises_in(TEXTS[kind], MessageRules().promise_words) == ()


@pytest.mark.parametrize("kind", sorted(PUBLIC))
def test_what_customers_read_names_nobody_of_ours(kind):
    """No blame, no names, no severity."""
    names = SUBJECTS[kind].names

    assert not names & {"ic", "tl", "comms", "by", "severity", "team", "number", "name"}


def test_a_template_of_the_files_wins():
    """Kind by kind; the rest stays pagerd's."""
    rules = MessageRules(templates={"update": "{{ know }}"})

    assert template_of(rules, MessageKind.UPDATE) == "{{ know }}"
    assert template_of(rules, MessageKind.DECLARED) == TEXTS[MessageKind.DECLARED]


def test_plainly_says_what_is_known():
    """Without a template: what it tells, then each field that has something in it."""
    facts = samples(MessageKind.UPDATE, without=frozenset({"impact", "doing"}))
    said = plainly(MessageKind.UPDATE, facts, fault="line 1: broken")

    assert said.heading == "Incident 12: a numbered update"
    assert "Know: the connection pool is exhausted" in said.lines
    assert "Eta: no ETA yet, next update at 02:45 UTC" in said.lines
    assert not any(line.startswith(("Impact:", "Doing:")) for line in said.lines)
    assert said.fault == "line 1: broken"


def test_plainly_forges_no_line():
    """A field is one line, whatever somebody wrote into it."""
    said = plainly(MessageKind.HELP, {"name": "x" * 500, "need": "a\nUrgency: none\x1b[31m"})

    assert len(said.heading) <= HEADING_MAX
    assert "Need: a Urgency: none[31m" in said.lines


@pytest.mark.parametrize(
    ("route", "takes"),
    [
        (Route(("chat",)), True),
        (Route(("chat",), teams=("payments",), severities=("sev1", "sev2")), True),
        (Route(("chat",), teams=("search",)), False),
        (Route(("chat",), severities=("sev1",)), False),
        (Route(("chat",), kinds=("declared", "resolved")), False),
        (Route(("chat",), kinds=("update",)), True),
    ],
)
def test_a_route_takes_what_it_names(route, takes):
    """What it does not speak of is all the same to it."""
    assert route.takes(MessageKind.UPDATE, "payments", "sev2") is takes


def test_a_message_is_its_heading_and_the_lines_below():
    """As plain text, one under the other."""
    assert Written("Incident 7 is resolved", ("It was the release.", "Impact: 33m")).text == (
        "Incident 7 is resolved\nIt was the release.\nImpact: 33m"
    )
    assert Written("Incident 7 is resolved", ()).text == "Incident 7 is resolved"

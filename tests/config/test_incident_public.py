"""`public` of rules/incidents.yaml: what customers see, and what is wrong with how somebody wrote it."""

from datetime import timedelta

import pytest

from pagerd.core.incidents.public import Component, PublicRules
from tests.builders import NOON
from tests.config.files import COMPANY, loaded


def read(text: str):
    """Load the example with this file; return the rules and what is wrong in it."""
    read_now = loaded({**COMPANY, "rules/incidents.yaml": text})
    found = [one for one in read_now.findings if one.span.file == "rules/incidents.yaml"]
    return (read_now.plan.incidents.public if read_now.plan is not None else None), found


def test_without_the_key_nobody_waits_for_anything():
    """The defaults name no customer."""
    rules, found = read("")

    assert (rules, found) == (PublicRules(), [])
    assert not rules.is_used


def test_everything_that_can_be_said():
    """Components in the order of the page, the address without its last slash."""
    rules, found = read(
        """\
public:
  title: Example status
  zone: Europe/Berlin
  url: https://status.example.org/
  two_people: true
  components:
    checkout: {name: Checkout, description: Paying, services: [payments-api, ledger]}
    reports: {name: Reports}
  mail: [status@lists.example.org]
  unsubscribe: mailto:leave@lists.example.org
"""
    )

    assert found == []
    assert rules.components == (
        Component(id="checkout", name="Checkout", description="Paying", services=("payments-api", "ledger")),
        Component(id="reports", name="Reports"),
    )
    assert (rules.url, rules.two_people, rules.mail) == (
        "https://status.example.org",
        True,
        ("status@lists.example.org",),
    )
    assert NOON.astimezone(rules.zone).utcoffset() == timedelta(hours=1)
    assert [one.id for one in rules.behind("ledger")] == ["checkout"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("public: {components: {checkout: {}}}", "a component has no name"),
        ("public: {components: {checkout: {name: Checkout, service: x}}}", "'service' is not a key of a component"),
        ("public: {mail: [nobody]}", "'nobody' is not a mail address"),
        ("public: {unsubscribe: http://lists.example.org}", "is no way out of a list"),
        ("public: {unsubscribe: 'mailto:a@b.org\\nBcc: c@d.org'}", "is no way out of a list"),
        (f"public: {{mail: [{', '.join(f'a{n}@example.org' for n in range(21))}]}}", "the list has 21 entries"),
    ],
)
def test_what_cannot_be_is_said(text, complaint):
    """With the place of it."""
    _, found = read(text)

    assert any(complaint in one.message for one in found), [one.message for one in found]

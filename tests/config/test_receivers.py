import pytest

from pagerd.config.named_secrets import named
from pagerd.config.receivers import ChatReceiver, HookReceiver, MailReceiver, ReceiverKind
from pagerd.config.secrets import SecretFile
from pagerd.core.incidents.messages import Route
from tests.config.files import COMPANY, SETTINGS, loaded

FILE = "rules/incidents.yaml"
RECEIVERS = """\
receivers:
  ops-chat: {kind: slack, url_file: secrets/ops}
  room: {kind: teams, url_file: secrets/room}
  own-chat: {kind: mattermost, url_file: credential:own}
  leads: {kind: mail, to: [leads@example.com, board@example.com, leads@example.com]}
  hub: {kind: webhook, url: "https://hub.example.com/x", secret_file: secrets/hub}
"""


def with_receivers(text=RECEIVERS, **files):
    """Load the company with these receivers."""
    return loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS] + text, **files})


def found_in(text, **files):
    """Return each finding as its id and place."""
    return [f"{one.id} {one.span}" for one in with_receivers(text, **files).findings]


def test_receivers_have_kinds():
    """Each with the keys that it needs, and an address once."""
    settings = with_receivers().settings

    assert settings.receivers == {
        "ops-chat": ChatReceiver(kind=ReceiverKind.SLACK, url_file=SecretFile("secrets/ops")),
        "room": ChatReceiver(kind=ReceiverKind.TEAMS, url_file=SecretFile("secrets/room")),
        "own-chat": ChatReceiver(kind=ReceiverKind.MATTERMOST, url_file=SecretFile("credential:own")),
        "leads": MailReceiver(to=("leads@example.com", "board@example.com")),
        "hub": HookReceiver(url="https://hub.example.com/x", secret_file=SecretFile("secrets/hub")),
    }


def test_the_plan_knows_who_there_is():
    """By name, and of mail to which addresses; no URL is in it."""
    plan = with_receivers().plan

    assert [*plan.receivers] == ["ops-chat", "room", "own-chat", "leads", "hub"]
    assert plan.receivers["leads"] == ("leads@example.com", "board@example.com")
    assert plan.receivers["ops-chat"] == ()


def test_their_secrets_are_named():
    """So that `check` says which are not there."""
    found = {one.file.reference: one.what_for for one in named(with_receivers().settings)}

    assert {"secrets/ops", "secrets/room", "credential:own", "secrets/hub"} <= set(found)
    assert found["secrets/ops"] == "receiver ops-chat"


@pytest.mark.parametrize(
    ("receiver", "expected"),
    [
        ("{kind: slak, url_file: x}", "E010"),
        ("{url_file: x}", "E007"),
        ("{kind: slack}", "E007"),
        ("{kind: slack, url: https://hooks.slack.com/services/T/B/x}", "E007 E006"),
        ("{kind: mail, to: []}", "E009"),
        ("{kind: mail, to: [nobody]}", "E402"),
        ("{kind: webhook, url: https://hub.example.com}", "E007"),
        ("[slack]", "E008"),
    ],
)
def test_what_is_wrong_with_one(receiver, expected):
    """Its kind decides what it needs; a URL in the files would be a secret in them."""
    found = found_in(f"receivers:\n  one: {receiver}\n")

    assert [one.split()[0] for one in found] == expected.split()
    assert all(" pagerd.yaml:" in one for one in found)


def test_routes_say_who_hears_what():
    """Names are looked up in the files that have them."""
    routes = (
        "messages:\n  routes:\n    - {to: [ops-chat]}\n"
        "    - {to: [leads], teams: [payments], severities: [sev1], kinds: [declared, resolved]}\n"
    )
    plan = with_receivers(**{FILE: routes}).plan

    assert plan.incidents.messages.routes == (
        Route(("ops-chat",)),
        Route(("leads",), ("payments",), ("sev1",), ("declared", "resolved")),
    )


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ("{to: [nobody]}", "E021 rules/incidents.yaml:3:13"),
        ("{to: [ops-chat], teams: [paymnts]}", "E021 rules/incidents.yaml:3:32"),
        ("{to: [ops-chat], severities: [sev9]}", "E021 rules/incidents.yaml:3:37"),
        ("{to: [ops-chat], kinds: [updte]}", "E010 rules/incidents.yaml:3:32"),
        ("{to: [ops-chat], kinds: [public_resolved]}", "E010 rules/incidents.yaml:3:32"),
        ("{teams: [payments]}", "E007 rules/incidents.yaml:3:7"),
    ],
)
def test_what_is_wrong_with_a_route(route, expected):
    """What customers read goes no such way."""
    assert found_in(RECEIVERS, **{FILE: f"messages:\n  routes:\n    - {route}\n"}) == [expected]

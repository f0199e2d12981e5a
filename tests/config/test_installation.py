from datetime import timedelta

import pytest

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import OwnHeartbeat, ReplyCodes, Settings, WebhookProvider
from pagerd.config.values import Address
from pagerd.core.people import Medium, NotificationRule, Urgency
from tests.config.files import COMPANY, SETTINGS, found_after, loaded

OLD = "version: 1"


def settings_with(lines):
    """Return the settings with more lines in pagerd.yaml."""
    found = loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS] + lines})
    assert found.settings is not None, found.findings
    return found.settings


def test_what_is_not_written_has_its_default():
    """The defaults of the file are those of the value."""
    settings = settings_with("")
    default = Settings()

    assert settings.listen == (Address("127.0.0.1", 8911),) == default.listen
    assert (settings.times, settings.notify, settings.metrics_open) == (default.times, default.notify, True)
    assert str(settings.store) == "sqlite:.pagerd/pagerd.db"


def test_everything_can_be_written():
    """Each key reaches its field."""
    settings = settings_with(
        'listen: ["[::1]:9000", 127.0.0.1:9001]\npublic_url: https://pager.example.com/\nstate_dir: /var/lib/pagerd\n'
        "store: sqlite:/var/lib/pagerd/p.db\nnotify: {high: [voice], low: [email]}\nacknowledgement_lasts: 45m\n"
        "reminder_lasts: 3m\nsettle: 1m\nfollow_up_within: 20m\nhold_after_resolve: 2h\ntell_again_after: 10m\n"
        "reply_codes: long\nmetrics_open: false\n"
    )

    assert settings.listen == (Address("::1", 9000), Address("127.0.0.1", 9001))
    assert settings.public_url == "https://pager.example.com"
    assert (settings.state_dir, str(settings.store)) == ("/var/lib/pagerd", "sqlite:/var/lib/pagerd/p.db")
    assert settings.notify[Urgency.HIGH] == (NotificationRule(Medium.VOICE),)
    assert settings.times.acknowledgement_lasts == timedelta(minutes=45)
    assert settings.times.tell_again_after == timedelta(minutes=10)
    assert settings.reply_codes is ReplyCodes.LONG
    assert settings.metrics_open is False


def test_a_tracker_is_told_of_tickets():
    """Whole, or not at all; and the plan knows that there is one."""
    tickets = "tickets: {webhook: {url: https://t.example.com/pagerd, secret_file: credential:tracker}}\n"
    found = loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS] + tickets})

    assert found.settings is not None
    assert found.settings.tracker == WebhookProvider(
        url="https://t.example.com/pagerd", secret_file=SecretFile("credential:tracker")
    )
    assert found.plan is not None
    assert found.plan.exports_tickets
    assert settings_with("tickets: {}\n").tracker is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("version: 1\n", "", "E007 1:1"),
        (OLD, "version: 2", "E019 1:10"),
        (OLD, "version: one", "E019 1:10"),
        (OLD, OLD + "\nroster_at: 09:00", "E006 2:1"),
        (OLD, OLD + "\ndigest_at: 9:00", "E013 2:12"),
        (OLD, OLD + "\ntickets: {webhook: {url: https://t.example.com/}}", "E007 2:20"),
        (OLD, OLD + "\ntickets: {tracker: x}", "E006 2:11"),
        (OLD, OLD + "\nlisten: [8911]", "E607 2:10"),
        (OLD, OLD + "\nlisten: []", "E009 2:9"),
        (OLD, OLD + "\nstore: pagerd.db", "E606 2:8"),
        (OLD, OLD + "\npublic_url: https://u:p@example.com", "E602 2:13"),
        (OLD, OLD + "\npublic_url: http://pager.example.com", "W605 2:13"),
        (OLD, OLD + "\nmetrics_open: yes", "E010 2:15"),
        (OLD, OLD + "\nreply_codes: 4", "E010 2:14"),
        (OLD, OLD + "\nsettle: 30", "E011 2:9"),
        (OLD, OLD + "\npassword: x", "E601 2:1"),
    ],
)
def test_what_is_wrong_in_the_installation(old, new, expected):
    """At its line and column."""
    assert expected in found_after(SETTINGS, old, new)


def test_loopback_needs_no_encryption():
    """The example runs without certificates."""
    assert found_after(SETTINGS, OLD, OLD + "\npublic_url: http://127.0.0.1:8911") == []


def test_a_heartbeat_says_once_where_it_goes():
    """By URL or by a file with it, at a pace that a watcher can use; none without it."""
    assert settings_with("").heartbeat is None
    told = settings_with("heartbeat: {url: https://watcher.example/ping/x, every: 2m}\n").heartbeat
    assert told == OwnHeartbeat(url="https://watcher.example/ping/x", every=timedelta(minutes=2))
    kept = settings_with("heartbeat: {url_file: credential:watcher}\n").heartbeat
    assert kept == OwnHeartbeat(url_file=SecretFile("credential:watcher"), every=timedelta(minutes=1))


@pytest.mark.parametrize(
    ("written", "finding"),
    [
        ("heartbeat: {every: 1m}", "E613"),
        ("heartbeat: {url: https://watcher.example/x, url_file: watcher}", "E613"),
        ("heartbeat: {url_file: watcher, every: 5s}", "E010"),
        ("heartbeat: {url_file: watcher, every: 2h}", "E010"),
    ],
)
def test_a_heartbeat_that_helps_nobody_is_refused(written, finding):
    """Nowhere, two places, or a pace at which nobody is watched."""
    found = loaded({**COMPANY, SETTINGS: f"{COMPANY[SETTINGS]}{written}\n"})

    assert [one.id for one in found.findings] == [finding]

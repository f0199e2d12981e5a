import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.alert import Alert, AlertStatus, ReceivedAlert
from pagerd.core.alerts.episode import Change, observe
from tests.builders import NOON, a_received_alert, an_alert, minutes, some_annotations, some_labels

LATER = NOON + minutes(7)
FIRING, STALE, RESOLVED = AlertStatus.FIRING, AlertStatus.STALE, AlertStatus.RESOLVED


@pytest.mark.parametrize(
    ("known", "firing", "change", "status", "episode"),
    [
        (None, True, Change.NEW_EPISODE, FIRING, 1),
        (None, False, Change.UNCHANGED, RESOLVED, 0),
        (FIRING, True, Change.RENEWED, FIRING, 3),
        (FIRING, False, Change.RESOLVED, RESOLVED, 3),
        (STALE, True, Change.RENEWED, FIRING, 3),
        (STALE, False, Change.RESOLVED, RESOLVED, 3),
        (RESOLVED, True, Change.NEW_EPISODE, FIRING, 4),
        (RESOLVED, False, Change.UNCHANGED, RESOLVED, 3),
    ],
)
def test_every_state_and_message(
    known: AlertStatus | None, firing: bool, change: Change, status: AlertStatus, episode: int
) -> None:
    """What is known and what is said decide together; there is no ninth case."""
    current = None if known is None else an_alert(status=known, episode=3)

    said, alert = observe("prod", current, a_received_alert(firing=firing), LATER)

    assert (said, alert.status, alert.episode) == (change, status, episode)


@pytest.mark.parametrize("shift", [-timedelta(days=365), -minutes(1), timedelta(0), minutes(1), timedelta(days=365)])
@pytest.mark.parametrize("known", [FIRING, RESOLVED])
def test_starts_at_decides_nothing(known: AlertStatus, shift: timedelta) -> None:
    """Open and firing is a renewal, resolved and firing a new episode, whatever the source's clock says."""
    current = an_alert(status=known, starts_at=NOON)

    change, _ = observe("prod", current, a_received_alert(starts_at=NOON + shift), LATER)

    assert change is (Change.RENEWED if known is FIRING else Change.NEW_EPISODE)


def test_the_first_episode() -> None:
    """A new alert is all that the message says, first and last seen when it was received, and not yet judged."""
    received = a_received_alert(
        starts_at=NOON, generator_url="https://prometheus.example.com/", lease_until=LATER + minutes(4)
    )

    _, alert = observe("prod", None, received, LATER)

    assert alert == Alert(
        source="prod",
        fingerprint="f1",
        status=FIRING,
        episode=1,
        first_seen_at=LATER,
        last_seen_at=LATER,
        starts_at=NOON,
        labels=some_labels(),
        annotations=some_annotations(),
        generator_url="https://prometheus.example.com/",
        lease_until=LATER + minutes(4),
    )


def test_a_new_episode_knows_where_the_last_one_was() -> None:
    """Page and ticket are carried over, so that a flap finds them; mute, hold and the old times are not."""
    last = an_alert(
        status=RESOLVED,
        resolved_at=NOON,
        page_id="p1",
        ticket_id="t1",
        muted_by="s1",
        held_until=LATER,
        hold_reason="by hand",
    )

    _, alert = observe("prod", last, a_received_alert(), LATER)

    assert (alert.page_id, alert.ticket_id) == ("p1", "t1")
    assert (alert.first_seen_at, alert.resolved_at) == (LATER, None)
    assert (alert.muted_by, alert.held_until, alert.hold_reason) == (None, None, None)


def test_a_renewal_changes_what_is_said_and_nothing_else() -> None:
    """Lease, annotations, link and last sight are new; labels, place, verdict, mute and hold are as they were."""
    current = an_alert(page_id="p1", muted_by="s1", held_until=LATER, hold_reason="by hand", reasons=("why",))
    received = a_received_alert(
        annotations={"summary": "worse"},
        severity="page",
        starts_at=LATER,
        generator_url="https://new.example.com/",
        lease_until=LATER + minutes(4),
    )

    _, alert = observe("prod", current, received, LATER)

    assert alert == replace(
        current,
        last_seen_at=LATER,
        annotations={"summary": "worse"},
        generator_url="https://new.example.com/",
        lease_until=LATER + minutes(4),
    )


def test_a_resolved_alert_is_let_go() -> None:
    """The end takes lease, mute and hold away, and leaves where the alert was and what was said of it."""
    current = an_alert(page_id="p1", lease_until=LATER, muted_by="s1", held_until=LATER, hold_reason="by hand")

    _, alert = observe("prod", current, a_received_alert(firing=False, annotations={}), LATER)

    assert alert == replace(
        current,
        status=RESOLVED,
        resolved_at=LATER,
        last_seen_at=LATER,
        lease_until=None,
        muted_by=None,
        held_until=None,
        hold_reason=None,
    )


def test_duplicates_of_the_end_change_nothing() -> None:
    """A second resolved returns the very alert that is known."""
    current = an_alert(status=RESOLVED, resolved_at=NOON)

    assert observe("prod", current, a_received_alert(firing=False), LATER) == (Change.UNCHANGED, current)


@pytest.mark.parametrize(
    ("known", "told", "change"),
    [
        (NOON, NOON, Change.UNCHANGED),
        (NOON, NOON - minutes(1), Change.UNCHANGED),
        (NOON, NOON + minutes(1), Change.RESOLVED),
        (None, NOON, Change.RESOLVED),
        (NOON, None, Change.RESOLVED),
    ],
)
def test_an_end_that_was_told_ends_nothing_that_began_since(
    known: datetime | None, told: datetime | None, change: Change
) -> None:
    """One of a pair lost sight of an alert and goes on saying so; the other's word that it fires holds."""
    _, over = observe("prod", an_alert(), a_received_alert(firing=False, ended_at=known), NOON)
    _, again = observe("prod", over, a_received_alert(), LATER)
    said, alert = observe("prod", again, a_received_alert(firing=False, ended_at=told), LATER)

    assert said is change
    assert alert.is_open is (change is Change.UNCHANGED)
    assert alert.ended_at == (known if change is Change.UNCHANGED else told or known)


def test_a_clock_that_goes_back() -> None:
    """Last sight never moves backwards."""
    _, alert = observe("prod", an_alert(), a_received_alert(), NOON - minutes(5))

    assert alert.last_seen_at == NOON


def _told(messages: list[ReceivedAlert]) -> tuple[dict[str, Alert], list[tuple[str, Change]]]:
    """Tell messages one after another, as intake does: what was unknown and ended is not stored."""
    known: dict[str, Alert] = {}
    changes: list[tuple[str, Change]] = []
    at: datetime = NOON
    for message in messages:
        at += timedelta(seconds=1)
        change, alert = observe("prod", known.get(message.fingerprint), message, at)
        changes.append((message.fingerprint, change))
        if change is not Change.UNCHANGED:
            known[message.fingerprint] = alert
    return known, changes


def _expected(messages: list[ReceivedAlert], fingerprint: str) -> tuple[bool, int]:
    """Say from an alert's own messages whether it is open and how often it began: each edge is an episode."""
    story = [message.firing for message in messages if message.fingerprint == fingerprint]
    begun = sum(now and not before for before, now in itertools.pairwise([False, *story]))
    return bool(story) and story[-1], begun


def test_every_order_of_two_alerts_sent_twice() -> None:
    """Each order of firing and resolved, each twice, of two alerts ends as each alert's own last message says."""
    sent = [a_received_alert(fingerprint=f, firing=firing) for f in ("a", "b") for firing in (True, False)]
    orders = set(itertools.permutations([0, 1, 2, 3, 0, 1, 2, 3]))
    assert len(orders) == 2520

    for order in orders:
        messages = [sent[number] for number in order]
        known, _ = _told(messages)
        for fingerprint in ("a", "b"):
            is_open, begun = _expected(messages, fingerprint)
            assert known[fingerprint].is_open is is_open, order
            assert known[fingerprint].episode == begun, order


_MESSAGES = st.builds(a_received_alert, fingerprint=st.sampled_from("abc"), firing=st.booleans())


@given(st.lists(st.tuples(_MESSAGES, st.integers(1, 3)), max_size=60))
def test_duplicates_are_no_news(sent: list[tuple[ReceivedAlert, int]]) -> None:
    """Messages that are each repeated at once are the same news, in the same order, as without the repeats."""

    def news(messages: list[ReceivedAlert]) -> list[tuple[str, Change]]:
        return [seen for seen in _told(messages)[1] if seen[1] in {Change.NEW_EPISODE, Change.RESOLVED}]

    once = [message for message, _ in sent]
    repeated = [message for message, times in sent for _ in range(times)]

    assert news(repeated) == news(once)


@pytest.mark.parametrize(
    ("status", "known", "told", "lease"),
    [
        (FIRING, minutes(4), minutes(6), minutes(6)),
        (FIRING, minutes(4), minutes(2), minutes(4)),  # it was overtaken by the one that is known
        (FIRING, None, minutes(2), minutes(2)),
        (FIRING, minutes(4), None, None),  # a source that leases no more
        (STALE, minutes(30), minutes(2), minutes(2)),  # of a stale one it is the time at which it is over
    ],
)
def test_a_renewal_that_was_overtaken_takes_no_lease_back(status, known, told, lease):
    """Messages overtake each other; an alert whose newest renewal came first must not go stale by the older one."""

    def at(after):
        return NOON + after if after is not None else None

    current = an_alert(status=status, lease_until=at(known))
    change, after = observe("prod", current, a_received_alert(lease_until=at(told)), NOON)

    assert change is Change.RENEWED
    assert after.lease_until == at(lease)

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.people import Medium, Night, Person
from pagerd.core.worklog.nights import (
    Evidence,
    EvidenceKind,
    NightPage,
    evidence_of,
    is_night_evidence,
    merge,
    window_text,
)

ANA = Person(id="ana", name="Ana Ribeiro", zone=ZoneInfo("Europe/Lisbon"), notify={})
NIGHT = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
"""Three in the morning in Lisbon."""


def noted(row, evidence, *, person=ANA, severity="sev1", plan="r1"):
    """Add one piece of evidence to a row."""
    return merge(
        row, evidence, person=person, page_id="p-7Kq2Xw", team="payments", severity=severity, plan_revision=plan
    )


@pytest.mark.parametrize(
    ("medium", "status", "proves"),
    [
        (Medium.SMS, NotificationStatus.SENT, EvidenceKind.SENT),
        (Medium.SMS, NotificationStatus.DELIVERED, EvidenceKind.DELIVERED),
        (Medium.VOICE, NotificationStatus.RINGING, EvidenceKind.RANG),
        (Medium.VOICE, NotificationStatus.ANSWERED, EvidenceKind.ANSWERED),
        (Medium.SMS, DeliveryStatus.SENT, EvidenceKind.SENT),
        (Medium.VOICE, DeliveryStatus.RINGING, EvidenceKind.RANG),
        (Medium.SMS, NotificationStatus.ACCEPTED, None),
        (Medium.SMS, NotificationStatus.NOT_REACHED, None),
        (Medium.VOICE, NotificationStatus.ACCEPTED, None),
        (Medium.VOICE, NotificationStatus.SENT, None),
        (Medium.VOICE, NotificationStatus.NOT_REACHED, None),
        *((Medium.EMAIL, status, None) for status in NotificationStatus),
    ],
)
def test_only_texts_sent_and_calls_that_rang_are_evidence(medium, status, proves):
    """What a status proves depends on the medium, and mail proves nothing."""
    evidence = evidence_of(medium, status, NIGHT)

    assert (evidence.kind if evidence else None) == proves
    assert is_night_evidence(ANA, medium, status, NIGHT) is (proves is not None)


@pytest.mark.parametrize(
    ("person", "at", "night"),
    [
        (ANA, datetime(2026, 7, 1, 20, 59, 59, tzinfo=UTC), False),
        (ANA, datetime(2026, 7, 1, 21, 0, tzinfo=UTC), True),
        (ANA, datetime(2026, 7, 2, 5, 59, 59, tzinfo=UTC), True),
        (ANA, datetime(2026, 7, 2, 6, 0, tzinfo=UTC), False),
        (ANA, datetime(2026, 1, 2, 6, 30, tzinfo=UTC), True),
        (replace(ANA, zone=ZoneInfo("Asia/Tokyo")), datetime(2026, 7, 1, 14, 0, tzinfo=UTC), True),
        (replace(ANA, zone=ZoneInfo("Asia/Tokyo")), NIGHT, False),
        (replace(ANA, night=Night(time(0), time(6))), datetime(2026, 7, 1, 21, 0, tzinfo=UTC), False),
        (replace(ANA, night=Night(time(0), time(6))), datetime(2026, 7, 1, 23, 0, tzinfo=UTC), True),
    ],
)
def test_night_is_the_person_s_own(person, at, night):
    """The window is taken on the wall clock of the person's zone, summer time included, start in and end out."""
    assert is_night_evidence(person, Medium.SMS, "sent", at) is night


def test_a_row_says_by_which_zone_window_and_plan_it_was_night():
    """The first evidence makes the row, with everything that is needed to dispute it."""
    row = noted(None, Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT, "n1"))

    assert row == NightPage(
        person="ana",
        page_id="p-7Kq2Xw",
        first_at=NIGHT,
        evidence=(Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT, "n1"),),
        zone="Europe/Lisbon",
        window="22:00-07:00",
        plan_revision="r1",
        severity="sev1",
        team="payments",
    )


def test_evidence_in_any_order_and_twice_makes_the_same_row():
    """Reports come late, twice and out of order; the row is the sum of them."""
    reports = [
        (Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT, "n1"), "sev2", "r1"),
        (Evidence(NIGHT + timedelta(seconds=4), Medium.SMS, EvidenceKind.DELIVERED, "n1"), "sev2", "r1"),
        (Evidence(NIGHT + timedelta(minutes=1), Medium.VOICE, EvidenceKind.RANG, "n2"), "sev1", "r2"),
        (Evidence(NIGHT, Medium.VOICE, EvidenceKind.RANG, "n3"), "sev1", "r2"),
    ]
    rows = set()
    for order in permutations(reports):
        row = None
        for evidence, severity, plan in (*order, *order):
            row = noted(row, evidence, severity=severity, plan=plan)
        rows.add(row)

    assert len(rows) == 1
    row = rows.pop()
    assert row.first_at == NIGHT
    assert (row.severity, row.plan_revision) == ("sev2", "r1")
    assert [(one.kind, one.notification) for one in row.evidence] == [
        ("sent", "n1"),
        ("rang", "n3"),
        ("delivered", "n1"),
        ("rang", "n2"),
    ]


def test_a_report_that_comes_again_later_proves_nothing_new():
    """The same word on the same notification keeps its first instant."""
    once = noted(None, Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT, "n1"))

    again = noted(once, Evidence(NIGHT + timedelta(minutes=9), Medium.SMS, EvidenceKind.SENT, "n1"))

    assert again == once


def test_without_an_id_the_instant_tells_texts_apart():
    """Two texts of unknown notifications at two instants are two pieces of evidence, at one instant one."""
    first = noted(None, Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT))

    assert noted(first, Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT)) == first
    assert len(noted(first, Evidence(NIGHT + timedelta(minutes=5), Medium.SMS, EvidenceKind.SENT)).evidence) == 2


def test_evidence_that_comes_after_the_act_keeps_the_act():
    """A late callback changes nothing of when the person acknowledged and last acted, even if it is the earliest."""
    row = noted(None, Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT, "n1"))
    row = replace(row, acknowledged_at=NIGHT + timedelta(minutes=2), last_act_at=NIGHT + timedelta(minutes=40))

    merged = noted(row, Evidence(NIGHT - timedelta(minutes=1), Medium.VOICE, EvidenceKind.RANG, "n0"))

    assert merged.first_at == NIGHT - timedelta(minutes=1)
    assert (merged.acknowledged_at, merged.last_act_at) == (row.acknowledged_at, row.last_act_at)


def test_evidence_of_another_page_is_refused():
    """Rows of two people or two pages are never mixed."""
    row = noted(None, Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT, "n1"))

    with pytest.raises(AssertionError):
        noted(row, Evidence(NIGHT, Medium.SMS, EvidenceKind.SENT, "n2"), person=replace(ANA, id="ben"))


def test_a_row_survives_the_store():
    """What is written as JSON is read back the same."""
    row = noted(None, Evidence(NIGHT, Medium.VOICE, EvidenceKind.ANSWERED, "n1"))

    assert msgspec.json.decode(msgspec.json.encode(row), type=NightPage) == row


def test_the_window_is_written_as_in_the_files():
    """A night is said the way people wrote it."""
    assert window_text(Night(time(23), time(6, 30))) == "23:00-06:30"

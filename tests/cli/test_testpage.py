"""`pagerd test-page`: what is asked, what a person sees, and with which code it ends."""

import json

import pytest

from pagerd.cli import testpage


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch):
    """Ask again without a pause: the daemon of these tests is always where it will be."""
    monkeypatch.setattr(testpage, "LOOK_EVERY_SECONDS", 0.0)


def a_test(*hops, **fields):
    """A test page by text that came so far: (hop, seconds, detail)."""
    told = [{"hop": hop, "at": "2026-01-06T11:00:00+00:00", "seconds": at, "detail": why} for hop, at, why in hops]
    known = {"id": "n1", "person": "ana", "medium": "sms", "address": "+49…001", "provider": "twilio"}
    known |= {"status": hops[-1][0], "arrived": False, "answered": False, "over": False, "hops": told}
    return {"test": known | fields}


STORED, CLAIMED, ACCEPTED = ("stored", 0.0, ""), ("claimed", 0.004, ""), ("accepted", 0.31, "queued")
ANSWERED = a_test(
    STORED,
    CLAIMED,
    ACCEPTED,
    ("delivered", 3.48, ""),
    ("confirmed", 21.7, "by sms"),
    arrived=True,
    answered=True,
    over=True,
)


def test_each_hop_is_said_once_with_its_latency(daemon, command):
    """What is known at first is written first, the rest as it comes, and the end says whether the contact works."""
    daemon.answers_to("POST /api/v1/people/ana/test", a_test(STORED, CLAIMED), 201)
    daemon.answers_to("GET /api/v1/tests/n1", ANSWERED)
    said = command("test-page", "--to", "ana", "--via", "sms")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Test page to ana by sms at +49…001",
        "    0.000 s  +0.000  stored: from here on it survives a crash",
        "    0.004 s  +0.004  taken up by a sender",
        "    0.310 s  +0.306  accepted by twilio: queued",
        "    3.480 s  +3.170  delivered, says twilio",
        "   21.700 s  +18.220  answered by ana: by sms",
        "ana by sms: works, it arrived and was answered.",
    ]
    assert daemon.asked[0].body == {"at_night": False, "via": "sms"}


def test_a_contact_that_does_not_work_is_code_1(daemon, command):
    """The provider's words stand behind the hop at which it ended."""
    refused = a_test(STORED, CLAIMED, ("refused", 0.2, "the person opted out"), over=True)
    daemon.answers_to("POST /api/v1/people/ana/test", refused, 201)
    said = command("test-page", "--to", "ana", "--at-night")

    assert said.code == 1
    assert said.out.splitlines()[-2:] == [
        "    0.200 s  +0.196  refused for good: the person opted out",
        "ana by sms: DOES NOT WORK, it ended as refused.",
    ]
    assert daemon.asked[0].body == {"at_night": True}


@pytest.mark.parametrize(
    ("test", "code", "verdict"),
    [
        (a_test(STORED, CLAIMED, ACCEPTED), 1, "ana by sms: NOT SHOWN TO WORK, nothing more was heard within 1s."),
        (
            a_test(STORED, ("delivered", 3.0, ""), arrived=True),
            0,
            "ana by sms: works, it arrived; nobody answered within 1s.",
        ),
        (
            a_test(STORED, ACCEPTED, arrived=True, medium="email"),
            0,
            "ana by email: works as far as the mail server; nobody answered within 1s.",
        ),
    ],
)
def test_whoever_waited_long_enough_hears_what_is_known(test, code, verdict, daemon, command, monkeypatch):
    """Accepted is not delivered, and delivered is not read by a human."""
    daemon.answers_to("POST /api/v1/people/ana/test", test, 201)
    daemon.answers_to("GET /api/v1/tests/n1", test)
    clock = iter([0.0, 0.5, 2.0])
    monkeypatch.setattr(testpage.time, "monotonic", lambda: next(clock))
    said = command("test-page", "--to", "ana", "--wait", "1s")

    assert said.code == code
    assert said.out.splitlines()[-1] == verdict


def test_a_machine_reads_the_end_alone(daemon, command):
    """One JSON document, whenever it is over."""
    daemon.answers_to("POST /api/v1/people/ana/test", a_test(STORED), 201)
    daemon.answers_to("GET /api/v1/tests/n1", ANSWERED)
    said = command("test-page", "--to", "ana", "-o", "json")

    assert said.code == 0
    assert json.loads(said.out) == ANSWERED


def test_what_the_daemon_refuses_is_said(daemon, command):
    """Such as a call in somebody's night."""
    daemon.answers_to("POST /api/v1/people/ana/test", {"error": "it is 02:00 for Ana, who sleeps now"}, 409)
    said = command("test-page", "--to", "ana", "--via", "voice")

    assert (said.code, said.out) == (1, "")
    assert "who sleeps now" in said.err


def test_a_code_is_an_answer(daemon, command):
    """Whose it is the daemon knows."""
    daemon.answers_to("POST /api/v1/tests/confirm", {"sentence": "Thank you: email reaches ana."})
    said = command("confirm", "47")

    assert (said.code, said.out) == (0, "Thank you: email reaches ana.\n")
    assert daemon.asked[0].body == {"code": "47"}

"""What the log never says, in whichever form it is written."""

import json

import pytest
import structlog

from pagerd.daemon import logs

PHONE, TOKEN, FEED = "+4915110000002", "pgr_AbCdEfGh0123456789", "pgf_AbCdEf-h_123456789xyz"


@pytest.fixture(autouse=True)
def _afterwards():
    """Leave the configuration of the process as it was."""
    yield
    structlog.reset_defaults()


def logged(capsys, as_json, **values):
    """Return what is written for one event."""
    logs.configure(as_json=as_json)
    structlog.get_logger().warning("thing.happened", **values)
    return capsys.readouterr().err


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(
    "value", [f"to {PHONE}", f"Bearer {TOKEN}", [f"a {PHONE}"], {"a": (TOKEN,)}, f"GET /feeds/{FEED}.ics"]
)
def test_phones_and_tokens_are_masked_wherever_they_stand(capsys, as_json, value):
    """The second net: a message of somebody else's may hold anything."""
    said = logged(capsys, as_json, detail=value)

    assert "thing.happened" in said
    assert PHONE not in said
    assert TOKEN not in said
    assert FEED not in said


@pytest.mark.parametrize("as_json", [True, False])
def test_an_exception_shows_its_way_and_no_values(capsys, as_json):
    """A traceback names lines; the variables in them hold tokens, and its own words may hold a number."""
    logs.configure(as_json=as_json)
    secret = "hunter2hunter2"

    def fail(of_the_provider):
        raise ValueError(f"no route to {PHONE} \x1b[2J")

    try:
        fail(secret)
    except ValueError:
        structlog.get_logger().exception("thing.failed")
    said = capsys.readouterr().err

    assert "ValueError: no route to +***002" in said
    assert "\x1b[2J" not in said
    assert secret not in said


def test_an_event_is_one_line_of_json(capsys):
    """Whatever an alert says, it forges no second one."""
    said = logged(capsys, True, reason='a\n{"event": "forged"}\r\n\x1b[31m')

    assert len(said.splitlines()) == 1
    assert json.loads(said)["event"] == "thing.happened"


def test_a_terminal_is_not_obeyed(capsys):
    """Where a person looks, a sign that would colour or clear the screen is written out."""
    said = logged(capsys, False, reason="a\x1b[2J\nforged")

    assert "\x1b[2J" not in said
    assert "\nforged" not in said

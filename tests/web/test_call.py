from datetime import UTC, datetime, timedelta

import pytest

from pagerd.web.answers import Failure
from pagerd.web.call import flag, instant, span


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("20m", timedelta(minutes=20)),
        ("1h30m", timedelta(hours=1, minutes=30)),
        ("2d", timedelta(days=2)),
        ("90s", timedelta(seconds=90)),
        ("1d2h3m4s", timedelta(days=1, hours=2, minutes=3, seconds=4)),
    ],
)
def test_lengths_are_read_as_prometheus_writes_them(text, length):
    """Elapsed time, largest unit first."""
    assert span(text, "for") == length


@pytest.mark.parametrize("text", ["", "20", "m", "30m1h", "-5m", "1.5h", "1w", " 5m", "5m ", "9" * 20 + "m", "٣m"])
def test_what_is_no_length_is_refused(text):
    """Each value has one way to be written."""
    with pytest.raises(Failure) as refused:
        span(text, "for")
    assert refused.value.status == 400


def test_an_instant_says_its_zone():
    """Any offset is good, and comes out in UTC."""
    assert instant("2026-01-05T09:00:00+01:00", "at") == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert instant("2026-01-05T09:00:00Z", "at").utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text", ["", "now", "2026-01-05", "2026-01-05T09:00:00", "0001-01-01T00:00:00+14:00", "x" * 1000]
)
def test_what_is_no_instant_is_refused(text):
    """A server cannot know whose wall clock was meant."""
    with pytest.raises(Failure):
        instant(text, "at")


def test_a_flag_is_true_or_false():
    """Nothing else is taken for either."""
    assert flag({}, "open", default=True) is True
    assert flag({"open": "false"}, "open", default=True) is False
    for other in ("", "0", "no", "TRUE"):
        with pytest.raises(Failure):
            flag({"open": other}, "open", default=True)


@pytest.mark.parametrize("octets", [b"\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"])
async def test_a_body_that_is_not_utf8_is_the_callers_fault(front, octets):
    """The decoder has an error of its own for that, and it must not become a 500."""
    token = await front.token("ana", "ack")
    answer = await front.ask("POST", "/api/v1/pages/x/note", token=token, data=b'{"text": "%b"}' % octets)

    assert answer.status == 400
    assert "no JSON" in answer.json["error"]

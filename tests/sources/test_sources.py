import pytest

from pagerd.core.errors import Unreadable
from pagerd.sources import PARSERS
from pagerd.sources.base import Limits, Parser
from tests.builders import NOON

# A heartbeat says all by coming: nothing that it brings can be wrong.
READING = {kind: parser for kind, parser in PARSERS.items() if kind != "heartbeat"}


@pytest.mark.parametrize("parser", READING.values(), ids=READING)
@pytest.mark.parametrize("body", [b"", b"nonsense", b"[" * 100_000, b"\xff" * 100, b"{" * 100_000])
def test_every_parser_says_what_is_wrong(parser: Parser, body: bytes) -> None:
    """Whatever the sender, what is no message is Unreadable and nothing else."""
    with pytest.raises(Unreadable, match="expected"):
        parser(body, NOON, Limits())


@pytest.mark.parametrize("kind", ["alertmanager", "grafana", "generic"])
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "among others"])
def test_a_reason_is_short_whatever_was_sent(kind: str, alone: bool) -> None:
    """The decoder's words repeat a wrong status whole; it goes into the answer, the log and the quarantine."""
    bad = b'{"labels":{"a":"b"},"status":"%b"}' % (b"x" * 100_000)
    body = bad if alone and kind == "generic" else b'{"alerts":[%b]}' % bad
    try:
        (quarantined,) = PARSERS[kind](body, NOON, Limits()).quarantined
        reason = quarantined.reason
    except Unreadable as error:
        reason = str(error)

    assert "expected `firing` or `resolved`" in reason
    assert len(reason) < 700

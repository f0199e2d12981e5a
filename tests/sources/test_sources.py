import pytest

from pagerd.core.errors import Unreadable
from pagerd.sources import PARSERS
from pagerd.sources.base import Limits, Parser
from tests.builders import NOON


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize("body", [b"", b"nonsense", b"[" * 100_000, b"\xff" * 100, b"{" * 100_000])
def test_every_parser_says_what_is_wrong(parser: Parser, body: bytes) -> None:
    """Whatever the sender, what is no message is Unreadable and nothing else."""
    with pytest.raises(Unreadable, match="expected"):
        parser(body, NOON, Limits())

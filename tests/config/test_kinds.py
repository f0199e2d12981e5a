import pytest

from pagerd.config import document, kinds
from pagerd.config.reader import Kind, Reader

KINDS = {name: kind for name, kind in vars(kinds).items() if isinstance(kind, Kind) and kind is not kinds.NAMES}
"""Kinds of one value; what is no value of theirs may be one of a list."""


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("text", ["[a]", "{a: b}", "~", '"\\x01"'])
def test_a_wrong_value_is_a_finding_and_the_blank_stands_in(name, text):
    """So that everything after it is read too."""
    reader = Reader()
    node, _ = document.read("f", text)
    assert node is not None

    kind = KINDS[name]
    value = kind.read(reader, node, ())

    assert reader.findings or text.startswith('"')
    assert value == kind.blank or not reader.findings
    assert kind.name

"""What of a node's files must be as on every other node."""

import pytest

from pagerd.daemon.nodes import common, new_id

SETTINGS = "version: 1\nlisten: [10.0.0.1:8911]\noperators: [dora]\nstate_dir: /var/lib/pagerd\n"
FILES = {"pagerd.yaml": SETTINGS, "rules/a.yaml": "team: a\n"}


@pytest.mark.parametrize(
    "own",
    [
        SETTINGS.replace("10.0.0.1", "10.0.0.2"),
        SETTINGS.replace("listen: [10.0.0.1:8911]", "listen:\n  - 10.0.0.2:8911\n  - '[::1]:8911'"),
        SETTINGS.replace("listen: [10.0.0.1:8911]", "listen:\n- 10.0.0.2:8911\n"),
        SETTINGS.replace("/var/lib/pagerd", "/srv/pagerd"),
        SETTINGS + "store: {postgres: {hosts: [db1], database: p, user: p}}\n",
    ],
)
def test_where_a_node_listens_is_its_own(own: str) -> None:
    """Two nodes differ in address, folder and the order of their servers, and still run on the same files."""
    assert common(FILES | {"pagerd.yaml": own}) == common(FILES)


@pytest.mark.parametrize(
    "other",
    [
        {"pagerd.yaml": SETTINGS.replace("dora", "gus")},
        {"pagerd.yaml": SETTINGS + "settle: 1m\n"},
        {"rules/a.yaml": "team: b\n"},
        {"rules/b.yaml": ""},
    ],
)
def test_everything_else_is_common(other: dict[str, str]) -> None:
    """A rule, a person, an operator that one node knows and another does not is a difference."""
    assert common(FILES | other) != common(FILES)


def test_no_two_starts_have_one_id() -> None:
    """What an earlier run of the same host had claimed must never look like ours."""
    assert new_id() != new_id()

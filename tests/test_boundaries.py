"""Every boundary that pagerd may die at is in its code, and nothing durable or sent is without a name.

The enum in `pagerd/engine/boundaries.py` is the list; the crash tests go by it, so what is not called is not shown.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pagerd.engine.boundaries import ELSEWHERE, Boundary

ROOT = Path(__file__).resolve().parents[1]

SIDES = ("before", "after")

# Who writes to a store past the engine, whose transactions all have names. Each with its reason.
WRITES_ELSEWHERE = {
    "pagerd/daemon/keeping.py:_finish": "a restored file is made ready before it takes the place of the old one",
    "pagerd/daemon/plans.py:_keep": "a plan is stored between the two names of its swap, or before anything runs",
    "pagerd/daemon/salvaging.py:opened": "before anything runs; a death there leaves a whole file that lacks one note",
    "pagerd/daemon/store_watch.py:StoreWatch.look": "it writes to see whether it can; what it writes decides nothing",
    "pagerd/engine/engine.py:Engine._write": "the one commit; `transact` names it on both sides",
    "pagerd/lab/nodes.py:Link.write": "a node's way to the store that the world holds; its engine names the commit",
    "pagerd/stores/sqlite.py:SqliteStore.write": "the store's own way to its thread",
}

# What names both sides of what happens between them: the reading of a request, the writing of its answer.
NAMING = frozenset({"reads", "answered"})

# Who may be handed what leaves the house: a provider a message, the tracker what happened to a ticket.
ASKED = frozenset({("provider", "send"), ("_tracker", "post")})

Place = tuple[str, ast.Call]


def calls(text: str, path: str) -> Iterator[Place]:
    """Yield each call of a file with the function that it stands in, named `path:Class.method`."""

    def walk(node: ast.AST, name: str) -> Iterator[Place]:
        for child in ast.iter_child_nodes(node):
            inner = name
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = f"{name}.{child.name}" if name else child.name
            if isinstance(child, ast.Call):
                yield f"{path}:{name}", child
            yield from walk(child, inner)

    yield from walk(ast.parse(text, path), "")


def the_calls() -> list[Place]:
    """Return all calls of pagerd."""
    files = sorted((ROOT / "pagerd").rglob("*.py"))
    return [place for file in files for place in calls(file.read_text(), file.relative_to(ROOT).as_posix())]


def boundary_of(node: ast.AST) -> Boundary | None:
    """Return the boundary that an expression names."""
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Boundary":
        return Boundary[node.attr]
    return None


def named(places: list[Place]) -> set[tuple[Boundary, str]]:
    """Return each boundary with the sides that are called: alone, by a commit, or by what a route reads or says."""
    found = set()
    for _, call in places:
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        sides = SIDES if method == "crosses" else (method,) if method in SIDES else ()
        for argument in call.args[:1]:
            boundary = boundary_of(argument)
            found |= {(boundary, side) for side in sides if boundary is not None}
        for keyword in call.keywords:
            boundary = boundary_of(keyword.value)
            if keyword.arg in NAMING and boundary is not None:
                found |= {(boundary, side) for side in SIDES}
    return found


def writers(places: list[Place]) -> set[str]:
    """Return the functions that write to a store themselves."""
    return {
        name
        for name, call in places
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "write"
        and ast.unparse(call.func.value).rpartition(".")[2] in {"store", "_store", "_engine"}
    }


def senders(places: list[Place]) -> dict[str, set[str]]:
    """Return the functions that hand something to a provider or the tracker, with the boundaries that they name."""
    found = {
        name: set()
        for name, call in places
        if isinstance(call.func, ast.Attribute)
        and (ast.unparse(call.func.value).rpartition(".")[2], call.func.attr) in ASKED
    }
    for name, call in places:
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        boundary = boundary_of(call.args[0]) if call.args and method in SIDES else None
        if name in found and boundary is not None:
            found[name].add(f"{method} {boundary.name}")
    return found


def test_every_boundary_is_called_on_both_sides() -> None:
    """A name that nobody calls would be a crash that nobody tries."""
    sides = {(boundary, side) for boundary in Boundary for side in SIDES} - ELSEWHERE
    # `transact` names a commit that nobody named by way of a constant.
    # The storms of the lab call some in the place of the web, and of the other end of the line.
    places = [(name, call) for name, call in the_calls() if not name.startswith("pagerd/lab/")]
    found = named(places) | {(Boundary.OTHER_STORED, side) for side in SIDES}

    assert found == sides


def test_every_commit_has_its_names() -> None:
    """Whoever writes past the engine says here why that needs no name."""
    assert writers(the_calls()) == set(WRITES_ELSEWHERE)


def test_every_provider_is_asked_between_its_names() -> None:
    """A message leaves the house between two boundaries, and in no other place; a ticket's event too."""
    found = senders(the_calls())

    assert set(found) == {"pagerd/engine/delivery.py:Delivery._ask", "pagerd/engine/delivery.py:Delivery.tell_tracker"}
    for name, boundaries in found.items():
        assert boundaries == {"before PROVIDER_ASKED", "after PROVIDER_ANSWERED"}, name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("work.crosses(Boundary.CLAIMED)", {(Boundary.CLAIMED, "before"), (Boundary.CLAIMED, "after")}),
        ("self.boundaries.before(Boundary.CLAIMED)", {(Boundary.CLAIMED, "before")}),
        ("Route(POST, '/', answered=Boundary.CLAIMED)", {(Boundary.CLAIMED, "before"), (Boundary.CLAIMED, "after")}),
        ("api(reads=Boundary.CLAIMED)", {(Boundary.CLAIMED, "before"), (Boundary.CLAIMED, "after")}),
        ("other(Boundary.CLAIMED)", set()),
    ],
)
def test_which_names_are_seen(text: str, expected: set[tuple[Boundary, str]]) -> None:
    """A boundary counts where it is called, not where it is mentioned."""
    assert named(list(calls(text, "a.py"))) == expected


def test_a_write_and_a_message_are_seen_wherever_they_stand() -> None:
    """A new way past the engine, or to a provider, is found."""
    text = "class A:\n    async def b(self):\n        await self.engine.store.write(unit)\n        provider.send(one)\n"
    text += "    async def c(self):\n        await self._tracker.post(one)\n"
    places = list(calls(text, "a.py"))

    assert writers(places) == {"a.py:A.b"}
    assert senders(places) == {"a.py:A.b": set(), "a.py:A.c": set()}

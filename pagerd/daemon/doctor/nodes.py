"""What the doctor says of the nodes that share the store, as the daemon saw them at its last beat."""

from collections.abc import Sequence
from datetime import datetime

from pagerd.core.plain import length
from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.engine.fleet import Node, is_there

NAME = "nodes"


async def examine(nodes: Sequence[Node], at: datetime | None) -> Sequence[Check]:
    """Say who is there, who is gone, and whether all run on the same files and the same pagerd."""
    if at is None:
        return []
    there = [one for one in nodes if is_there(one, at)]
    found = [
        Check(f"node {one.name}", Verdict.WARN, f"gone for {length(at - one.seen_at)}", "start it, or leave it be")
        for one in nodes
        if not is_there(one, at)
    ]
    if len(there) == 1:
        said, hint = f"{there[0].name} alone: when it is lost, nobody takes its work", "start a second one"
        return [*found, Check(NAME, Verdict.WARN, said, hint)]
    if len({one.files for one in there}) > 1:
        said = ", ".join(f"{one.name} on {one.plan}" for one in there)
        return [*found, Check(NAME, Verdict.WARN, f"on different files: {said}", "`pagerd reload` on each of them")]
    if len({one.version for one in there}) > 1:
        said = ", ".join(f"{one.name} is {one.version}" for one in there)
        return [*found, Check(NAME, Verdict.WARN, f"different versions: {said}", "upgrade the others, too")]
    return [*found, Check(NAME, Verdict.OK, f"{', '.join(one.name for one in there)}, all on the same files")]

"""Says what a running daemon has in force, value by value: the files it runs on, what lies over them, what waits."""

import asyncio
from datetime import datetime

from pagerd.config import show
from pagerd.config.load import load
from pagerd.config.reader import Origin, Path
from pagerd.config.settings import Settings
from pagerd.core.plan import Plan
from pagerd.daemon.plans import InForce
from pagerd.web import services


async def showing(
    in_force: InForce, plan: Plan, running: Settings, team: str | None, now: datetime
) -> services.InForce:
    """Return what is in force. `plan` is with what was stored, `running` what the daemon was started with.

    Raises NotFound for a team that is not there. The places of all values are read from the texts again when somebody
    asks: they are many, and nobody does at most times.
    """

    def find() -> tuple[show.Value, ...]:
        origins = dict(load(in_force.files, now=now).origins)
        for key in in_force.settings.needs_restart(running):
            _wait_for_restart(origins, ("settings", key), getattr(running, key))
        return (
            *show.values(origins, plan, team),
            *show.stored_values(plan, team),
            *show.rights_values(origins, plan, now, team),
        )

    return services.InForce(
        revision=plan.revision,
        plan_ok=in_force.is_current,
        loaded_at=in_force.since,
        values=tuple((one.name, one.text, one.origin) for one in await asyncio.to_thread(find)),
    )


def _wait_for_restart(origins: dict[Path, Origin], path: Path, running: object) -> None:
    """Show what the daemon was started with, and that the files already say something else."""
    text = f"[{', '.join(map(str, running))}]" if isinstance(running, tuple) else str(running)
    written = origins.get(path)
    where = f"; {written} waits for a restart" if written is not None else ""
    origins[path] = Origin(text, said=f"since the start{where}")

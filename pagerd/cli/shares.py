"""How what lies ahead is shared out: asked of the daemon, or computed from the files, and drawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pagerd.cli.either import either
from pagerd.cli.out import Context, api
from pagerd.cli.times import now, shown
from pagerd.core.errors import Unreadable

COLUMNS = ("SCHEDULE", "LAYER", "WHO", "NIGHTS", "EQUAL", "WEEKEND DAYS", "EQUAL", "HOLIDAYS", "EQUAL")


def write(ctx: Context, name: str | None, start: datetime | None, end: datetime | None, output: str) -> None:
    """Write the shares of a schedule, of those of a team, or of all."""
    asked = {"from": start.isoformat() if start else None, "to": end.isoformat() if end else None}
    answer = either(
        ctx,
        lambda: ctx.daemon.get(api("reports", "shares"), name=name, **asked),
        lambda: _from_files(ctx.directory, name, start, end),
        without="; what people stored by command is not in them.",
    )
    if output == "json":
        ctx.out.json(answer)
        return
    span = f"from {shown(answer['from'])} to {shown(answer['to'])}"
    ctx.out.table(COLUMNS, [_row(one) for one in answer["shares"]], empty=f"Nobody takes turns {span}.")


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    numbers = ("nights", "nights_equal", "weekend_days", "weekend_days_equal", "holidays", "holidays_equal")
    return (one["schedule"], one["layer"], one["person"], *(f"{one[key]:.1f}" for key in numbers))


def _from_files(directory: str, name: str | None, start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """Return what the daemon would say if it ran on these files."""
    from pagerd.cli import files
    from pagerd.core.membership import schedules_behind
    from pagerd.core.oncall.ahead import Ahead
    from pagerd.core.oncall.lookup import HORIZON
    from pagerd.core.oncall.planned import planned_shares

    plan = files.plan_of(directory)
    start = start or now()
    end = end or start + HORIZON
    if not start < end <= start + HORIZON:
        raise Unreadable(f"a report spans up to {HORIZON.days} days, from before to")
    rows = planned_shares(plan, Ahead(plan.book, start, end), schedules_behind(plan, name))
    return {"from": start.isoformat(), "to": end.isoformat(), "revision": plan.revision, "shares": rows}

"""How the report on incidents is written on a terminal."""

from collections.abc import Mapping
from typing import Any

from pagerd.cli.out import Output
from pagerd.cli.times import shown

_DASH = "-"


def write(out: Output, answer: Mapping[str, Any], *, with_mean: bool) -> None:
    """Write the durations, the rates and the shifts, and what is in none of them."""
    columns = ("DURATION", "FROM", "TO", "N", "MEDIAN", "P90", *(("MEAN",) if with_mean else ()))
    span = f"from {shown(answer['from'])} to {shown(answer['to'])}"
    if not answer["incidents"]:
        out.talk(f"No incident {span} is measured.{_left(answer)}")
        return
    rows = [
        (
            one["metric"],
            _plain(one["from"]),
            _plain(one["to"]),
            str(one["n"]),
            _length(one["median_seconds"]),
            _length(one["p90_seconds"]),
            *((_length(one["mean_seconds"]),) if with_mean else ()),
            *(str(one[key] or "") for key in ("unknown", "invalid", "open")),
        )
        for one in answer["durations"]
    ]
    out.table((*columns, "UNKNOWN", "INVALID", "OPEN"), rows, empty="")
    out.line("")
    rates = [
        (
            one["metric"],
            f"{one['met']} of {one['due']}",
            _DASH if one["share"] is None else f"{one['share']:.0%}",
            str(one["unknown"] or ""),
            " ".join(str(number) for number in one["against"]),
        )
        for one in answer["rates"]
    ]
    out.table(("RATE", "IS", "SHARE", "UNKNOWN", "INCIDENTS"), rates, empty="")
    shifts = answer["shifts"]
    if shifts["half_shifts"]:
        out.line("")
        busy = len(shifts["over_two"])
        spread = f"median {shifts['median']:g}, p90 {shifts['p90']:g}"
        out.line(f"Incidents per 12 h of a shift: {spread}; {busy} of {shifts['half_shifts']} had more than two.")
    numbers = " ".join(str(number) for number in answer["incidents"])
    out.talk(f"Incidents {numbers}, noticed {span}.{_left(answer)} {answer['caution']}")


def _left(answer: Mapping[str, Any]) -> str:
    left = [f"{why} {' '.join(map(str, numbers))}" for why, numbers in answer["left_out"].items() if numbers]
    return f" Left out: {'; '.join(left)}." if left else ""


def _plain(instant: str) -> str:
    return instant.removesuffix("_at").replace("_", " ")


def _length(seconds: float | None) -> str:
    if seconds is None:
        return _DASH
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h {minutes:02}m" if hours else f"{minutes}m {rest:02}s"

"""How `pagerd report observe` looks on a terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pagerd.cli.out import Output
from pagerd.cli.times import shown

_SHARE = ("PAGES", "AT ONCE", "UNANSWERED", "OTHERS", "NIGHT PAGES", "IF UNANSWERED")

Row = tuple[str | None, ...]


def _share(one: dict[str, Any]) -> Row:
    return tuple(str(one[key]) for key in ("pages", "first", "follow_ups", "others", "nights", "nights_unanswered"))


def _team(one: dict[str, Any]) -> Row:
    return (one["team"], *_share(one), *(str(one[key]) for key in ("tickets", "silenced", "dropped")))


def _person(one: dict[str, Any]) -> Row:
    return (one["person"], *_share(one))


def _page(one: dict[str, Any]) -> Row:
    told = f"{', '.join(one['people'])} by {', '.join(one['media'])}" if one["people"] else None
    return (
        _instant(one["first_at"] or one["opened_at"]),
        one["page"],
        one["team"],
        one["severity"],
        one["title"],
        told,
        str(one["follow_ups"]),
        _instant(one["resolved_at"]),
    )


def _message(one: dict[str, Any]) -> Row:
    return (
        _instant(one["at"]),
        one["person"],
        one["medium"],
        one["part"].replace("_", " "),
        "night" if one["at_night"] else None,
        ", ".join(one["pages"]) or one["ticket"],
        " / ".join(line for line in one["text"].splitlines() if line.strip()),
    )


def _alert(one: dict[str, Any]) -> Row:
    where = one["page"] or one["ticket"] or one["silence"]
    reasons = "; ".join(one["reasons"])
    return (_instant(one["at"]), one["alert"], one["team"], one["place"].replace("_", " "), where, reasons)


def _ticket(one: dict[str, Any]) -> Row:
    why = "; ".join(one["violations"] or one["reasons"])
    return (_instant(one["opened_at"]), one["ticket"], one["team"], one["severity"], one["title"], why)


TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[dict[str, Any]], Row]]] = {
    "pages": (("FIRST TOLD", "PAGE", "TEAM", "SEVERITY", "ALERT", "TO", "UNANSWERED", "RESOLVED"), _page),
    "messages": (("AT", "WHO", "BY", "WHAT", "NIGHT", "ABOUT", "TEXT"), _message),
    "alerts": (("AT", "ALERT", "TEAM", "WENT", "TO", "WHY"), _alert),
    "tickets": (("OPENED", "TICKET", "TEAM", "SEVERITY", "ALERT", "WHY"), _ticket),
    "people": (("WHO", *_SHARE), _person),
    "teams": (("TEAM", *_SHARE, "TICKETS", "SILENCED", "DROPPED"), _team),
}
"""The parts of the report: the columns of each, and how a row is written."""

_OVERVIEW = ("teams", "people", "pages")


def write(out: Output, answer: dict[str, Any], of: str | None) -> None:
    """Write one part of the report, or the parts that answer most questions."""
    spans = ", ".join(f"{shown(one['from'])} to {_instant(one['to']) or 'now'}" for one in answer["observed"])
    asked = f"from {shown(answer['from'])} to {shown(answer['to'])}"
    if not spans:
        out.talk(f"pagerd did not observe {asked}: `pagerd run --observe` does.")
        return
    out.talk(f"pagerd observed {spans}.")
    if answer["cut"]:
        out.talk("There is more than one report holds, and the figures are of its beginning: ask for a shorter time.")
    for number, part in enumerate((of,) if of is not None else _OVERVIEW):
        columns, row = TABLES[part]
        rows: Sequence[Row] = [row(one) for one in answer[part]]
        if number and rows:
            out.line("")
        out.table(columns, rows, empty=f"No {part} {asked}.")
    if of is None:
        out.talk("More: --of messages (the texts), --of alerts (where each went, and why), --of tickets.")


def _instant(at: str | None) -> str | None:
    return shown(at) if at is not None else None

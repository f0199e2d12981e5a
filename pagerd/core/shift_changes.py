"""Whose turns an override changes that are still to come, and what they are told of it at once.

What a person was told of already is corrected by `shift_notices` in any case. This is of turns that nobody has
announced yet: whoever planned a holiday around them must not learn of it a day before.
"""

from datetime import datetime

from pagerd.core.comparing.difference import changes_between
from pagerd.core.oncall.schedule import Book
from pagerd.core.shift_notices import Line, News


def changed_turns(
    before: Book, after: Book, schedule: str, start: datetime, end: datetime, by: str
) -> dict[str, tuple[Line, ...]]:
    """Return what is new to each person whose turns differ, in a schedule and those that copy it, within a span."""
    found: dict[str, list[Line]] = {}
    for name, change in changes_between(before, after, schedule, start, end):
        was, now = change.before or (), change.after or ()
        for news, those, others in ((News.TAKEN, was, now), (News.GIVEN, now, was)):
            for person in (one for one in those if one not in others):
                line = Line(news=news, schedule=name, start=change.start, end=change.end, people=others, by=by)
                found.setdefault(person, []).append(line)
    return {person: tuple(lines) for person, lines in found.items()}

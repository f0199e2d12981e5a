"""Fields of the forms about incidents: how each is shown, and what was typed into it, checked before anything is done.

A form that was refused is shown again with all that was typed. What a person chooses from is compared with what was
offered: nothing else gets any further.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pagerd.core.errors import Conflict
from pagerd.core.oncall.wall import clock, instant
from pagerd.engine.written import TEXT_MAX

YEAR_MIN, YEAR_MAX = 2000, 2099
"""As in the files: far enough from the ends of the calendar that no sum leaves it."""

_WALL = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be chosen: the word that is sent, and what it says."""

    word: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `kind` is text (one line), long, choice, time or check; `hint` says what belongs there."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    is_needed: bool = False
    heading: str = ""
    """What stands above it and the fields after it."""
    signs_max: int = TEXT_MAX


def choice(name: str, label: str, options: Iterable[tuple[str, str]], **more: object) -> Field:
    """Return a field to choose from."""
    made = Field(name=name, label=label, kind="choice", options=tuple(Option(word=w, says=s) for w, s in options))
    return replace(made, **more)  # type: ignore[arg-type]  # fields of Field, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed into a form. Times are wall times in the person's zone."""

    fields: tuple[Field, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo

    def shown(self) -> tuple[Field, ...]:
        """Return the fields with what was typed in them."""
        return tuple(
            replace(one, value=self.said.get(one.name, "" if one.kind == "check" else one.value)) for one in self.fields
        )

    def check(self) -> None:
        """Raise Conflict where something is too long, is none of the choices, or is missing."""
        for one in self.fields:
            value = self.said.get(one.name, "")
            if len(value) > one.signs_max:
                raise Conflict(f"{one.label}: {len(value):,} signs, and at most {one.signs_max:,} can be kept")
            if one.is_needed and not value.strip():
                raise Conflict(f"{one.label}: this is needed")
            if one.kind == "choice" and value not in {option.word for option in one.options}:
                raise Conflict(f"{one.label}: that is none of the choices")
            if one.kind == "time":
                self.time(one.name)

    def text(self, name: str) -> str:
        """Return a text, or the word that was chosen."""
        return self.said.get(name, "").strip()

    def text_or_none(self, name: str) -> str | None:
        """Return a text, or None where nothing was said."""
        return self.text(name) or None

    def is_checked(self, name: str) -> bool:
        """Was a box checked?"""
        return bool(self.said.get(name))

    def time(self, name: str) -> datetime | None:
        """Return the instant that was meant, or None where nothing was said. Raises Conflict."""
        text = self.text(name)
        if not text:
            return None
        label = next(one.label for one in self.fields if one.name == name)
        try:
            wall = datetime.fromisoformat(text) if _WALL.fullmatch(text) else None
        except ValueError:
            wall = None
        if wall is None or not YEAR_MIN <= wall.year <= YEAR_MAX:
            raise Conflict(f"{label}: {text[:40]!r} is no time; write it as 2026-01-05T09:00")
        return instant(wall, self.zone)


def wall_of(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant as a field for times takes it."""
    return f"{clock(at, zone):%Y-%m-%dT%H:%M}"

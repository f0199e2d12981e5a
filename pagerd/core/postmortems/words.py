"""How foreign words stand in a postmortem: as data, on one line, whatever an alert or a person wrote."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from pagerd.core.plain import in_zone, one_line

_SIGNS = re.compile(r"[\\`*\[\]<>&~|]|(?<![^\W_])_|_(?![^\W_])")
"""What means something in Markdown. An underscore within a word does not."""


def plain(text: str, limit: int = 1000) -> str:
    """Return words that Markdown shows as they are: no heading, no link, no HTML, no mark of ours comes of them."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", one_line(text, limit))


def wall(at: datetime, zone: ZoneInfo) -> str:
    """Return the wall time of an instant, in full: `2026-02-02 10:02:00`."""
    return f"{in_zone(at, zone):%Y-%m-%d %H:%M:%S}"

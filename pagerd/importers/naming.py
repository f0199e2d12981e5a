"""Makes names of pagerd out of names and ids of the source: short, each once, the same at every import."""

import re
import unicodedata
from collections.abc import Iterable

from pagerd.config.values import RESERVED

NAME_MAX = 63
"""As in `config/values.py`."""

ROLES = frozenset({"primary", "secondary", "team_lead", "platform_lead"})
"""Roles share one namespace with people, teams and schedules."""

_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""What YAML has another meaning for."""

_FILES = frozenset({"people", "escalation"})
"""Files in `rotations/` that are not a team's."""


class Names:
    """Gives each thing a name that nothing else of its namespace has."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*RESERVED, *ROLES, *_WORDS, *_FILES, *taken}

    def give(self, *wishes: str, otherwise: str) -> str:
        """Return the first wish that makes a free name, else the first that makes any with a number behind it.

        `otherwise` is a word that makes a name: what it is called where no wish has a letter that a name can have.
        """
        made = [name for wish in wishes if (name := slug(wish))] or [slug(otherwise)]
        free = next((name for name in made if name not in self._taken), None)
        number = 2
        while free is None or free in self._taken:
            free = f"{made[0][: NAME_MAX - 5]}-{number}"
            number += 1
        self._taken.add(free)
        return free


def slug(text: str) -> str:
    """Return a text as a name; nothing where no sign of it can stand in one."""
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", letters.replace("'", "")).strip("-_")[:NAME_MAX].rstrip("-_")

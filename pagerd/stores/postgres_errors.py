"""What the errors of PostgreSQL mean to pagerd: one table from SQLSTATE to what is done and what the operator reads.

An error that is not in the table belongs to the unit that caused it, and to nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg

from pagerd.core.errors import StaleState
from pagerd.stores.base import StoreUnavailable, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What an error means.

    `keeps_session`: the connection may be used again after a rollback. `is_repeated`: nothing was kept, and what was
    done may be done again at once, a bounded number of times. `of_unit`: the units beside it go on.
    """

    trouble: Trouble
    words: str
    keeps_session: bool = False
    is_repeated: bool = False
    of_unit: bool = False


_GOING = Reaction(trouble=Trouble.UNREACHABLE, words="the server shuts down or starts up", is_repeated=True)
_LOST = Reaction(trouble=Trouble.UNREACHABLE, words="the connection was lost", is_repeated=True)
_CONFLICT = Reaction(
    trouble=Trouble.BUSY,
    words="another transaction was in the way each time",
    keeps_session=True,
    is_repeated=True,
)
_STOOD_STILL = Reaction(
    trouble=Trouble.HANGS, words="pagerd stood still in a transaction until the server ended it", is_repeated=True
)
_NOT_LET_IN = Reaction(
    trouble=Trouble.REFUSED,
    words="the server does not let pagerd in: look at the user, its password file and pg_hba.conf",
)
_NOT_OURS = Reaction(
    trouble=Trouble.DAMAGED,
    words="tables of pagerd are missing or are not its own: look at the database's name and search_path, or restore it",
    keeps_session=True,
    of_unit=True,
)
_POOLED = Reaction(
    trouble=Trouble.REFUSED,
    words="a pooler in transaction mode stands between and loses prepared statements: set `prepared_statements: no`",
    is_repeated=True,
)
_DAMAGED = Reaction(trouble=Trouble.DAMAGED, words="the server says that the database is damaged")
_FULL = Reaction(trouble=Trouble.FULL, words="the server's disk is full", keeps_session=True)

# By SQLSTATE, else by its class: the first two signs.
REACTIONS: Final[Mapping[str, Reaction]] = {
    "08": _LOST,
    "0A000": Reaction(trouble=Trouble.BUSY, words="the schema changed under a prepared statement", is_repeated=True),
    "25006": Reaction(trouble=Trouble.READ_ONLY, words="the server takes no writes: it is a replica", is_repeated=True),
    "25P03": _STOOD_STILL,
    "25P04": _STOOD_STILL,
    "26000": _POOLED,
    "28": _NOT_LET_IN,
    "3D000": Reaction(trouble=Trouble.REFUSED, words="the server has no such database: create it for pagerd's user"),
    "3F000": _NOT_OURS,
    "40001": _CONFLICT,
    "40P01": _CONFLICT,
    "42501": Reaction(
        trouble=Trouble.REFUSED,
        words="pagerd's user lacks rights: it must own its database or the schema that its tables are in",
        keeps_session=True,
        of_unit=True,
    ),
    "42703": _NOT_OURS,
    "42P01": _NOT_OURS,
    "42P05": _POOLED,
    "53": Reaction(trouble=Trouble.BUSY, words="the server is out of resources", is_repeated=True),
    "53100": _FULL,
    "53300": Reaction(
        trouble=Trouble.BUSY, words="the server has no connection left: raise max_connections", is_repeated=True
    ),
    "55P03": Reaction(
        trouble=Trouble.LOCKED,
        words="the turn to write was not had in time: another node stands still, or another program holds it",
        keeps_session=True,
        is_repeated=True,
    ),
    "57014": Reaction(trouble=Trouble.HANGS, words="a statement took too long"),
    "57P01": _GOING,
    "57P02": _GOING,
    "57P03": _GOING,
    "57P04": Reaction(trouble=Trouble.REFUSED, words="the database was dropped"),
    "57P05": _STOOD_STILL,
    "58030": Reaction(trouble=Trouble.IO_ERROR, words="the server's disk fails"),
    "58P01": Reaction(trouble=Trouble.IO_ERROR, words="the server misses a file of its own"),
    "XX000": Reaction(trouble=Trouble.OTHER, words="the server reports an internal error"),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}

DEADLINE: Final = Reaction(
    trouble=Trouble.HANGS, words="the server did not answer in time, and its connection was closed", is_repeated=True
)
UNPREPARED: Final = Reaction(
    trouble=Trouble.REFUSED, words="a file that a connection needs cannot be read", is_repeated=True
)
UNREACHABLE: Final = Reaction(trouble=Trouble.UNREACHABLE, words="no server can be reached", is_repeated=True)
UNKNOWN: Final = Reaction(
    trouble=Trouble.UNREACHABLE,
    words="COMMIT had no answer: whether the work was kept is unknown, so it is to be done again",
)
NOT_DURABLE: Final = Reaction(
    trouble=Trouble.UNREACHABLE,
    words="the standby did not confirm a COMMIT, so it may be lost with the primary",
)
# What the server says in answer to COMMIT where it surely undid everything: conflicts, and that it had ended the
# transaction before, since pagerd stood still.
UNDONE_IN_COMMIT: Final = frozenset({"40001", "40P01", "55P03", "25P03"})
UNIQUE_VIOLATION: Final = "23505"
VALUE_REFUSED: Final = "22"  # the class, which the driver uses for what it cannot send at all


class PostgresTrouble(StoreUnavailable):
    """PostgreSQL, or the way to it, failed under a statement."""

    def __init__(self, attempted: str, reaction: Reaction, detail: str = "", sqlstate: str = "") -> None:
        super().__init__(
            f"the PostgreSQL store could not {attempted}: {reaction.words}{f' ({detail})' if detail else ''}"
        )
        self.reaction = reaction
        self.detail = detail
        self.sqlstate = sqlstate
        self.trouble = reaction.trouble


def reaction_to(sqlstate: str) -> Reaction | None:
    """Return what an error of the server means, or None where it concerns nobody but whoever caused it."""
    return REACTIONS.get(sqlstate) or REACTIONS.get(sqlstate[:2])


def explain(error: Exception, attempted: str) -> Exception:
    """Return what a unit or its caller is told of an error of the driver, which says nothing of rows from then on."""
    told = _told_by_the_server(error)
    if told is not None:
        _forget_values(told)
        if told.sqlstate == UNIQUE_VIOLATION:
            return StaleState(f"saving what somebody else has saved: {told}")
        sqlstate = str(told.sqlstate)
        if sqlstate.startswith(VALUE_REFUSED):
            return ValueError(f"a value cannot be stored: {told}")
        reaction = reaction_to(sqlstate)
        if reaction is None:
            return error
        return PostgresTrouble(attempted, reaction, f"{sqlstate}: {told}", sqlstate)
    # The driver is confused where a connection ends while it does not look: that is the loss of it too.
    if isinstance(error, (OSError, asyncpg.InterfaceError, asyncpg.InternalClientError)) and not isinstance(
        error, ValueError
    ):
        return PostgresTrouble(attempted, _LOST, f"{type(error).__name__}: {error}")
    return error


def _forget_values(told: asyncpg.PostgresError) -> None:
    """Take the values of rows out of an error: it is logged with whatever it causes, and may be shown to anybody.

    DETAIL quotes keys and whole rows, with the phone numbers in them. What is wrong with a value, class 22, the message
    itself says with the value: of that the error's name is left.
    """
    told.detail = None
    if str(told.sqlstate).startswith(VALUE_REFUSED):
        told.args = (f"{type(told).__name__}, {told.sqlstate}",)


def _told_by_the_server(error: Exception) -> asyncpg.PostgresError | None:
    """Find what the server said: before it closes a connection it may say why, and that stands behind the loss."""
    if isinstance(error, asyncpg.ConnectionDoesNotExistError) and isinstance(error.__cause__, asyncpg.PostgresError):
        return error.__cause__
    return error if isinstance(error, asyncpg.PostgresError) else None

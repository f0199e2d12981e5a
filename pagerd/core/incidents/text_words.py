"""What is texted back to whoever texts about incidents: one GSM-7 segment each, the outcome first."""

from collections.abc import Sequence

from pagerd.core.paging.gsm import SEGMENT, fit, plain, septets

Open = tuple[int, str]
"""An open incident: its number, and what it is."""


def suspected(number: int, severity: str, team: str, until: str, *, of_pages: int) -> str:
    """Say that it is a suspicion so far, and how it becomes loud. The number is never cut."""
    pages = {0: "", 1: " The page is part of it."}.get(of_pages, f" The {of_pages} pages are part of it.")
    end = f" DECLARE {number} makes it loud; say so by {until}."
    start = f"Incident {number} is suspected, {severity}, team {team}."
    return fit(plain(f"{start}{pages}"), SEGMENT - septets(end)) + end


def which(some: Sequence[Open], how: str) -> str:
    """Ask which of several incidents is meant."""
    start = f"NOTHING DONE: which of {len(some)}? "
    return _listed(start, some, f" {how}")


def listing(some: Sequence[Open]) -> str:
    """List the incidents that are open."""
    if not some:
        return "No incident is open. INC and what is broken suspects one."
    return _listed(f"{len(some)} open: ", some, f" UPD {some[0][0]} TEXT posts an update.")


def nothing_open(what: str) -> str:
    """Say that there is no incident of which this could be said."""
    return f"NOTHING DONE: no incident is {what}. INC and what is broken suspects one."


def only_suspected(number: int) -> str:
    """Say that a suspicion has no updates yet."""
    return f"NOTHING DONE: incident {number} is only suspected. DECLARE {number} makes it loud, then it has updates."


def says_nothing() -> str:
    """Ask what is broken."""
    return "NOTHING DONE: say what is broken and where, such as INC customers cannot pay."


def update_says_nothing(number: int, until: str) -> str:
    """Ask for what is known."""
    due = f" It is due by {until}." if until else ""
    return f"NOTHING DONE: say what is known: UPD {number} rolling back, payments recover.{due}"


def not_open(number: int) -> str:
    """Say that there is no such incident to speak of."""
    return f"NOTHING DONE: incident {number} is not open. INCS lists those that are."


def refused(why: str) -> str:
    """Say why it was not done."""
    return fit(plain(f"NOTHING DONE: {why}"))


def _listed(start: str, some: Sequence[Open], end: str) -> str:
    """Name as many as fit whole, each in a few words."""
    said = ""
    for number, what in some:
        one = f"{', ' if said else ''}{number} {fit(plain(what), 40)}"
        if septets(start + said + one + "." + end) > SEGMENT:
            break
        said += one
    return f"{start}{said}.{end}"

"""What a message with a sign-in code says: the code first, how long it is good, and what to do who did not ask for it.

The last line of a text is the form by which phones know the one site that a code is for, and offer it there alone.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pagerd.core.paging.facts import Facts
from pagerd.core.paging.gsm import SEGMENT, septets

MINUTES = 10
"""How long a code is good, as `CODE_LASTS` has it; a test compares."""

TOO_LATE = "pagerd: this sign-in code is not needed any more. Nothing to do."


def sign_in_text(facts: Facts) -> str:
    """Say it in one text."""
    code = facts.answer_code
    if code is None:
        return TOO_LATE
    words = (
        f"pagerd sign-in code {spaced(code)}, good {MINUTES} min. Not you? Tell it to nobody: it is the only way in."
    )
    host = urlsplit(facts.link or "").hostname or ""
    bound = f"\n\n@{host} #{code}" if re.fullmatch(r"[a-z0-9.-]+", host) else ""
    return words + bound if septets(words) + septets(bound) <= SEGMENT else words


def sign_in_subject() -> str:
    """Name the mail. The code is not in its subject: subjects stand on locked screens."""
    return "[pagerd] Your sign-in code"


def sign_in_lines(facts: Facts) -> Iterable[str]:
    """Say it in a mail."""
    code = facts.answer_code
    if code is None:
        yield TOO_LATE
        return
    yield f"Your code to sign in to pagerd: {spaced(code)}"
    where = f", at {facts.link}" if facts.link else ""
    yield f"Type it into the page that asked for it{where}, within {MINUTES} minutes. It works once."
    yield "You did not ask for it? Then somebody typed your name, perhaps by mistake. Without the code nobody gets in."
    yield "Tell it to nobody, not to an operator either. If more of these come, tell an operator."


def spaced(code: str) -> str:
    """Write a code in two halves, as people read it."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"

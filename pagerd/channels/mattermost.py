"""A message about an incident as Mattermost takes it: Markdown, in which nobody is mentioned and no link is masked.

Mattermost looks for mentions in the text of a webhook wherever they stand, escaped or not: so a sign that nobody sees
stands behind each @ that somebody wrote.
"""

import re

from pagerd.channels.base import Told
from pagerd.channels.chat import Payload

TEXT_MAX = 15_000
"""Characters: what a post may have is 16,383, and escaping makes it longer."""

_FORMATS = re.compile(r"([\\`*\[\]|]|^[#>+=~-])")
"""What makes a link, an image, code or a table, and what begins a line that is no line of text. Other formats are left:
they deceive nobody, and an address with a backslash in it would lead nowhere."""

_UNSEEN = "\u200b"


def write(told: Told) -> Payload:
    """Return the payload: the heading in bold, the lines, and a link where there is one."""
    link = [f"[Open it in pagerd]({told.link})"] if told.link else []
    lines = [f"**{escaped(told.heading)}**", *map(escaped, told.lines), *link]
    # Two blanks at its end keep a line from flowing into the next.
    return {"text": "  \n".join(lines)[:TEXT_MAX]}


def write_plainly(told: Told) -> Payload:
    """Return the heading alone: what Mattermost refuses of a text is its length."""
    return {"text": escaped(told.heading)}


def escaped(text: str) -> str:
    """Return a text in which nothing is a mention, a masked link, an image or a block of Markdown."""
    return _FORMATS.sub(r"\\\1", text).replace("@", "@" + _UNSEEN)

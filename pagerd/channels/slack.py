"""A message about an incident as Slack takes it: blocks of plain text, in which nothing is a mention or a format.

A text of Slack's own format (mrkdwn) is only where it must be, and there what could begin a mention, a link or an
entity is escaped; the two bold lines are ours.
"""

from pagerd.channels.base import Told
from pagerd.channels.chat import Payload

HEADER_MAX = 150
SECTION_MAX = 3000
TEXT_MAX = 4000
"""Characters: what Slack takes of each, and what it says a text should stay below."""


def write(told: Told) -> Payload:
    """Return the payload: the heading, the lines, and a link where there is one."""
    blocks: list[Payload] = [{"type": "header", "text": _plain(told.heading, HEADER_MAX)}]
    body = "\n".join(told.lines).strip()
    if body:
        blocks.append({"type": "section", "text": _plain(body, SECTION_MAX)})
    if told.link:
        link = {"type": "mrkdwn", "text": f"<{escaped(told.link)}|Open it in pagerd>"}
        blocks.append({"type": "context", "elements": [link]})
    # What notifications show, and what programs read out that know no blocks.
    return {"text": escaped(told.heading), "blocks": blocks}


def write_plainly(told: Told) -> Payload:
    """Return the same as text alone, without any format."""
    text = "\n".join((told.heading, *told.lines))
    return {"text": escaped(text[:TEXT_MAX]), "mrkdwn": False}


def escaped(text: str) -> str:
    """Return a text in which nothing is a mention, a link or an entity of Slack's."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str, limit: int) -> Payload:
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return {"type": "plain_text", "text": shown, "emoji": False}

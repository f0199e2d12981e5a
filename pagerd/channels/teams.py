"""A message about an incident as the Workflows of Teams take it: an Adaptive Card of texts without any format.

A TextBlock reads Markdown, with links in it; a TextRun reads nothing, so all that people and alerts wrote stands in
these. Mentions need an entity of their own, which no text can bring about.
"""

import json
from typing import Final

from pagerd.channels.base import Told
from pagerd.channels.chat import Payload

BYTES_MAX = 24_000
"""What a card may have. Teams takes 28 KB of a message, with what is around the card."""

VERSION: Final = "1.4"
"""Of the card's schema: what Teams shows on all of its clients."""


def write(told: Told) -> Payload:
    """Return the payload: the heading, a line for each line, and a button where there is a link."""
    lines = list(told.lines)
    payload = _message(told, lines)
    while lines and len(json.dumps(payload)) > BYTES_MAX:
        lines.pop()
        payload = _message(told, [*lines, "…"])
    return payload


def write_plainly(told: Told) -> Payload:
    """Return a card with the heading alone."""
    return _message(told, [])


def _message(told: Told, lines: list[str]) -> Payload:
    card: Payload = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": VERSION,
        "fallbackText": told.heading,
        "body": [_text(told.heading, weight="Bolder", size="Large"), *(_text(line) for line in lines if line)],
        "msteams": {"width": "Full"},
    }
    if told.link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open it in pagerd", "url": told.link}]
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [content]}


def _text(words: str, **look: str) -> Payload:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": words, **look}]}

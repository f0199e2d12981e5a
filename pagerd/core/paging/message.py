"""What is said to a person, rendered per medium. Plain values; how they travel is the channels' business."""

from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Text:
    """One SMS, at best one GSM-7 segment."""

    body: str


@dataclass(frozen=True, slots=True)
class CallScript:
    """One phone call: what is said, and what each key does (`ack`, `resolve`, `escalate` or `repeat`).

    `prompt` is repeated until a key is pressed; `farewell` is said when none was. A script without keys is only read
    out.
    """

    greeting: str
    prompt: str
    farewell: str
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail. `thread` is the stable key of the conversation: its first mail's Message-ID is made from it."""

    subject: str
    text: str
    html: str
    thread: str
    first_of_thread: bool
    list_id: str
    urgent: bool
    headers: tuple[tuple[str, str], ...] = ()


Body = Text | CallScript | Mail


def in_words(body: Body) -> str:
    """Return what a message says, as lines for somebody who reads it elsewhere."""
    match body:
        case Text():
            return body.body
        case CallScript():
            return "\n".join(part.strip() for part in (body.greeting, body.prompt, body.farewell) if part.strip())
        case Mail():
            return f"{body.subject}\n\n{body.text}"
        case _:
            assert_never(body)

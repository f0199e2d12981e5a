"""Prints what would be sent: for the demo and for trying out a configuration."""

import sys
from typing import TextIO

from pagerd.channels.base import DeliveryStatus, Outgoing, Receipt
from pagerd.channels.plain import one_line, printable
from pagerd.core.errors import Unavailable
from pagerd.core.paging.message import Body, CallScript, Mail, Text
from pagerd.core.people import Medium

WIDTH = 72


class Console:
    """Prints each message of one medium, whole, in one write. Without a stream it uses standard output as it is then.

    It writes where the daemon's loop runs, so a terminal that is stopped stops the daemon: it is not for production.
    """

    def __init__(self, *, medium: Medium, stream: TextIO | None = None, name: str = "console") -> None:
        self.medium = medium
        self.name = name
        # It shows what a phone would show, so that whoever tries things out sees the whole.
        self.takes_answers = True
        self._stream = stream

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:  # noqa: ARG002  # nothing to wait for
        """Print one message. A stream that is gone is Unavailable; no text whatever fails to print."""
        stream = self._stream or sys.stdout
        encoding = getattr(stream, "encoding", None) or "utf-8"
        shown = _shown(outgoing).encode(encoding, "replace").decode(encoding)
        try:
            stream.write(shown)
            stream.flush()
        except (OSError, ValueError) as problem:  # ValueError: it was closed
            raise Unavailable(f"printing a message: {problem}") from problem
        return Receipt(self.name, outgoing.id, DeliveryStatus.DELIVERED, "printed")

    async def close(self) -> None:
        """Leave the stream open: it is not ours."""


def _shown(outgoing: Outgoing) -> str:
    """Frame a message: alert text cannot leave the frame, since every line of it is indented."""
    noun = {Medium.SMS: "text", Medium.VOICE: "call", Medium.EMAIL: "mail"}[outgoing.medium]
    title = f"── {noun} to {one_line(outgoing.to)} "
    body = "\n".join(f"   {line}".rstrip() for line in _lines_of(outgoing.body))
    return f"\n{title:─<{WIDTH}}\n{body}\n{'─' * WIDTH}\n"


def _lines_of(body: Body) -> list[str]:
    match body:
        case Text():
            return printable(body.body).splitlines()
        case CallScript():
            said = [f"“{one_line(part)}”" for part in (body.greeting, body.prompt) if part.strip()]
            keys = [f"[{one_line(digit)}] {one_line(act)}" for digit, act in body.keys]
            farewell = [f"(no key) “{one_line(body.farewell)}”"] if body.keys and body.farewell.strip() else []
            return [*said, *keys, *farewell]
        case Mail():
            return [f"Subject: {one_line(body.subject)}", "", *printable(body.text).splitlines()]

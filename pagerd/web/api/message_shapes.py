"""Makes the answers about messages of incidents of what the engine knows."""

from collections.abc import Mapping

from pagerd.core.incidents.messages import MessageKind, Written
from pagerd.core.plain import masked
from pagerd.engine.incidents.told import Message, Receiver
from pagerd.web.api import message_types as types
from pagerd.web.api.shapes import iso


def text_json(kind: MessageKind, written: Written, fields: Mapping[str, str]) -> types.MessageText:
    """Write a message in words."""
    return {
        "kind": kind.value,
        "heading": written.heading,
        "lines": [*written.lines],
        "fault": written.fault or None,
        "fields": {name: said for name, said in sorted(fields.items()) if said},
    }


def message_json(one: Message) -> types.IncidentMessage:
    """Write a message and what became of it."""
    return {
        "kind": one.kind,
        "receiver": one.receiver,
        "address": masked(one.address) if one.address else None,
        "at": iso(one.at),
        "state": one.state.value,
        "attempts": one.attempts,
        "fault": one.fault,
        "done_at": iso(one.done_at),
    }


def receiver_json(one: Receiver) -> types.Receiver:
    """Write somebody who is told, and how that goes."""
    return {
        "name": one.name,
        "addresses": [masked(address) for address in one.addresses],
        "waiting": one.waiting,
        "oldest_at": iso(one.oldest_at),
        "fault": one.fault,
        "tests": [message_json(test) for test in one.tests],
    }

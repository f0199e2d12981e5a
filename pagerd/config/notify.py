"""Notification rules: which contact method first, and what comes how much later."""

from collections.abc import Mapping
from itertools import pairwise

from pagerd.config.document import Node
from pagerd.config.kinds import NOTIFICATION_RULE
from pagerd.config.reader import Fields, Json, Kind, Path, Reader, Shape, list_of, optional, shaped
from pagerd.config.words import notification_rule_text
from pagerd.core.people import LOUD, NotificationRule, Urgency

Notify = Mapping[Urgency, tuple[NotificationRule, ...]]

_ORDER = list_of(NOTIFICATION_RULE, most=10)


def _read_order(reader: Reader, node: Node, path: Path) -> tuple[NotificationRule, ...]:
    rules = _ORDER.read(reader, node, path)
    if not rules:
        reader.report(
            "E406", node, "a person would never be told", "at least one medium", "leave the key out for the default"
        )
        return rules
    expected = "the first medium at once, the others with their delay, in order"
    if rules[0].after:
        hint = f"write {rules[0].medium.value}"
        reader.report("E406", node, "the first contact method is never waited for", expected, hint)
    for one, following in pairwise(rules):
        if following.after < one.after:
            text = notification_rule_text(following)
            reader.report("E406", node, f"{text!r} stands after what comes later than it", expected)
    if len({(rule.medium, rule.after) for rule in rules}) < len(rules):
        reader.report("E406", node, "the same medium stands here twice at the same time", expected)
    return rules


_SCHEMA: Json = {**_ORDER.schema, "minItems": 1}
ORDER: Kind[tuple[NotificationRule, ...]] = Kind("list of media with their delays", (), _read_order, _SCHEMA)

HIGH = optional("high", ORDER, "the order of contact methods for what may wake", "[sms, 2m voice]")
LOW = optional("low", ORDER, "the order for what may not; never sms or voice", "[email]")
NOTIFY = Shape(
    "notify", "`notify` in `pagerd.yaml` and of a person", "Which contact methods, in which order.", (HIGH, LOW)
)


def settle(reader: Reader, path: Path, rules: tuple[NotificationRule, ...]) -> None:
    """Note the order that is in force where none was written."""
    reader.settle(path, "[" + ", ".join(notification_rule_text(rule) for rule in rules) + "]")


def _make(reader: Reader, found: Fields, path: Path) -> Notify:
    del path
    loud = next((rule for rule in found[LOW] or () if rule.medium in LOUD), None)
    if loud is not None:
        message = f"low urgency never uses {loud.medium.value}: it may not wake"
        reader.report("E406", found.span_of(LOW), message, "email")
    both = {Urgency.HIGH: found[HIGH], Urgency.LOW: found[LOW]}
    return {urgency: rules for urgency, rules in both.items() if rules}


KIND: Kind[Notify] = shaped(NOTIFY, {}, _make)

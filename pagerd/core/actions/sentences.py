"""What the timeline of an action item says, by the kind of its entries."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "action.added": "{by} wrote it down after incident {incident}: {title}[. Owner: {owner}][. Due {day}].",
    "action.retitled": "{by} calls it: {value}.",
    "action.assigned": "{by} gave it to {to}[; it was with {holder}].",
    "action.due": "{by} says that it is due {value}[; it was {before}].",
    "action.priority": "{by} says that its priority is {value}[; it was {before}].",
    "action.verification": "{by} says how it is verified: {value}[; it was {before}].",
    "action.impact": "{by} says what will be better: {value}[; it was {before}].",
    "action.bars": "{by} says which bar it serves: {value}[; it was {before}].",
    "action.taken_away": "{by} took away {what}[; it was {before}][; it was with {holder}].",
    "action.started": "{by} began.",
    "action.done": "{by} says that it is done[: {text}]. To be verified: {verification}.",
    "action.verified": "{by} verified it: {reason}.",
    "action.dropped": "{by} dropped it: {reason}.",
    "action.reopened": "{by} opened it again: {reason}[. Due {day}].",
    "action.check_unmet": "pagerd looked, and it is not so: {reason}.",
    "action.check_unknown": "pagerd looked, and cannot tell: {reason}.",
    "action.came_back": "It happened again: incident {incident} has {reason}. It is open again[, and due {day}].",
    "action.seen_again": "Incident {incident} has {reason}: look whether it helped.",
    "action.reminded": "Reminded {people}[; it is due {day}].",
    "action.nobody_reminded": "Nobody can be reminded of it[: {owner} is not in the files, or cannot be reached].",
    "action.tracked": "The tracker calls it[ {ref}][ ({url})].",
}
"""As in `core/timeline.py`: `{key}` is a detail; a part in brackets goes when a detail of it is missing or empty."""

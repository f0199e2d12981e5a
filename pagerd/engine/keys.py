"""What people answer by key in a call: one key for all that the call spoke of, in the name of the one who was called.

Only the call that was placed for a notification may press, and a key that is told of twice does its work once.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.paging.message import CallScript
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.values import changed
from pagerd.engine import commands, rendering, testpage
from pagerd.engine.work import Claimed, Work
from pagerd.stores.records import answers, notifications, pages

KEYS = {"6": "resolve", "8": "escalate", "0": "repeat", "*": "repeat"}
"""What the fixed keys of a call mean; the one that acknowledges is drawn for each call."""


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """What a call says after a key: a sentence, or the script once more, which then begins with the sentence."""

    sentence: str
    script: CallScript | None = None


async def press_key(
    work: Work, notification_id: str, provider_call_id: str, digits: str, *, request_id: str = ""
) -> SpokenAnswer:
    """Carry out a key that was pressed in a call. Only the call that we placed for this notification may press.

    A provider that lost our answer tells of the same key again, under the same `request_id`: it does its work once.
    """
    one = await notifications.find(work.c, notification_id)
    if one is None or not _is_call_of(one, provider_call_id):
        work.count("replies", "voice", "unknown")
        return SpokenAnswer("This call is not known here. Goodbye.")
    act = "ack" if one.digit is not None and digits == one.digit else KEYS.get(digits)
    if one.purpose is Purpose.TEST and act == "ack":
        work.count("replies", "voice", "acted")
        await testpage.confirm(work, one, "voice")
        return SpokenAnswer("Confirmed. This test page reached you. Goodbye.")
    if one.page_id is None or act is None or act == "repeat":
        work.count("replies", "voice", "repeated" if act == "repeat" else "not_understood")
        wrong = "That key does nothing. Not acknowledged." if act is None else ""
        return await _script_again(work, one, wrong)
    pressed = f"{provider_call_id} {request_id}" if request_id else ""
    said_before = await answers.answer_to(work.c, pressed) if pressed else None
    if said_before is not None:
        work.count("replies", "voice", "repeated")
        return SpokenAnswer(said_before)
    spoken = await _act_on_key(work, one, one.page_id, act)
    if pressed:
        await answers.remember_inbound(work.c, pressed, work.now, spoken.sentence, "")
    return spoken


def _is_call_of(one: Notification, provider_call_id: str) -> bool:
    """Is it a call that we placed for the notification? Of an attempt that was perhaps sent we never learned the id."""
    return one.medium is Medium.VOICE and (
        one.provider_id in (None, provider_call_id) or one.attempts > 1 or one.was_failed_over
    )


async def _act_on_key(work: Work, one: Notification, page_id: str, act: str) -> SpokenAnswer:
    others = [other.page_id for other in await notifications.merged_with(work.c, one.id) if other.page_id is not None]
    meant = tuple(dict.fromkeys((page_id, *others)))
    if len(meant) > 1:
        return await _press_for_all(work, one, act, meant)
    try:
        answer = await _PRESSED[act](work, page_id, one.person, "voice")
    except (Conflict, NotFound) as error:
        work.count("replies", "voice", "too_late")
        return SpokenAnswer(_spoken(str(error)))
    work.count("replies", "voice", "acted" if answer.changed else "too_late")
    return SpokenAnswer(("Acknowledged. " if act == "ack" and answer.changed else "") + _spoken(answer.sentence))


_PRESSED: Mapping[str, Callable[[Work, str, str, str], Awaitable[commands.Answer]]] = {
    "ack": commands.acknowledge,
    "resolve": commands.resolve,
    "escalate": commands.escalate,
}


async def _press_for_all(work: Work, one: Notification, act: str, page_ids: Sequence[str]) -> SpokenAnswer:
    """Carry out a key for every page that the call spoke of."""
    done = 0
    for page_id in page_ids:
        try:
            answer = await _PRESSED[act](work, page_id, one.person, "voice")
        except (Conflict, NotFound):
            continue
        done += answer.changed
    work.count("replies", "voice", "acted" if done else "too_late")
    said = {"ack": "Acknowledged", "resolve": "Resolved", "escalate": "Escalated"}[act]
    rest = "" if done == len(page_ids) else " The others are over, or somebody else has them."
    return SpokenAnswer(f"{said}: {' '.join(str(done))} of {' '.join(str(len(page_ids)))} pages.{rest}")


async def _script_again(work: Work, one: Notification, wrong: str) -> SpokenAnswer:
    page = await pages.find(work.c, one.page_id) if one.page_id is not None else None
    others = await notifications.merged_with(work.c, one.id)
    again = Claimed(notification=one, claim="", page=page, others=others)
    body = rendering.body_of(again, work.plan, work.now, rendering.Ways())
    if not isinstance(body, CallScript):
        return SpokenAnswer(wrong)
    return SpokenAnswer(wrong, changed(body, greeting=wrong) if wrong else body)


def _spoken(sentence: str) -> str:
    """Page ids are for eyes: a voice says `the page`."""
    return " ".join("The page" if word.startswith("p-") else word for word in sentence.split())

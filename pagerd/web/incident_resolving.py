"""The resolve table: what stands against the end of an incident, what was found of it, and the end itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from pagerd.core.errors import Conflict, NotAllowed
from pagerd.core.incidents import gate
from pagerd.core.incidents.draft import Unmet
from pagerd.core.incidents.incident import GOOD, ReadingState
from pagerd.core.incidents.severity import CRITERIA
from pagerd.core.plain import length, one_line
from pagerd.engine.incidents import commands
from pagerd.engine.incidents.commands import Said
from pagerd.engine.work import Work
from pagerd.engine.written import TEXT_MAX
from pagerd.web.answers import text_answer
from pagerd.web.call import Call
from pagerd.web.incident_pages import do_once, done_of, locks_of, seen_of, sent_back, unmet_of
from pagerd.web.incident_questions import Seen
from pagerd.web.incident_screens import incident_line
from pagerd.web.incident_values import When, when
from pagerd.web.pages import HTML, banner_of
from pagerd.web.screens import draw
from pagerd.web.signed_in import NO_REFERRER_BUT_US, to_root

READINGS = (
    (ReadingState.ATTESTED.value, "I saw it met"),
    (ReadingState.NOT_APPLICABLE.value, "It means nothing here"),
    (ReadingState.RED.value, "It is red"),
)
"""What a person may say of a criterion. Red needs no reason: whoever sees it says so first and explains later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScreen:
    """One criterion: what it means, what was last found of it, by whom, when and why."""

    code: str
    means: str
    state: str
    mark: str
    by: str
    why: str
    at: When | None
    typed: str | None
    """What was written of it and not taken; None where nothing was."""


async def ask(call: Call) -> web.Response:
    """Show the table."""
    return await _table(call, said=done_of(call))


async def act(call: Call) -> web.Response:
    """Take what was found of a criterion, or end it; or say by code what is unmet."""
    fields = dict(call.fields)
    action, criterion = fields.get("action", ""), fields.get("criterion", "")
    is_reading = action in dict(READINGS) and criterion in CRITERIA
    if not is_reading and action not in ("resolve", "override"):
        return await _table(call, wrong="That is none of the buttons on this page.", status=400)

    async def carry_out(work: Work, number: int, by: str, via: str) -> Said:
        if is_reading:
            return await commands.read_criterion(work, number, by, via, criterion, action, fields.get("why", ""))
        override = fields.get("override", "") if action == "override" else ""
        if action == "override" and not override.strip():
            raise Conflict("To resolve it against what is unmet needs a reason.")
        return await commands.resolve(work, number, by, via, fields.get("text", ""), override)

    try:
        await do_once(call, f"check {criterion} {action}" if is_reading else "resolve", carry_out)
    except (Conflict, NotAllowed) as error:
        return await _table(call, wrong=str(error), unmet=unmet_of(error), typed=fields, status=409)
    if is_reading:
        return sent_back(call, "criterion", f"i/{call.parts['incident']}/resolve")
    return sent_back(call, "resolved")


async def _table(
    call: Call,
    *,
    said: str = "",
    wrong: str = "",
    unmet: Sequence[Unmet] = (),
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    seen, typed = await seen_of(call), typed or {}
    incident, watch = seen.incident, seen.incident.watch
    left = watch.until - (watch.held_since or seen.now) if watch is not None and not watch.is_over else None
    html = draw(
        "incident_resolve.html",
        line=incident_line(incident, seen.plan, call.person, seen.zone, seen.now),
        criteria=[_criterion(seen, code, typed) for code in seen.story.policy.criteria],
        readings=READINGS,
        unmet_now=seen.story.unmet,
        watch=when(watch.until, seen.zone, seen.now) if watch is not None else None,
        watch_left=length(left) if left is not None else "",
        watch_length=length(seen.story.policy.watch),
        is_open=incident.is_open,
        is_watched=watch is not None,
        is_held=watch is not None and watch.held_since is not None,
        text=typed.get("text", ""),
        override=typed.get("override", "") if typed.get("action") == "override" else None,
        signs_max=TEXT_MAX,
        root=to_root(call),
        banner=banner_of(call),
        said=said,
        wrong=wrong,
        unmet=unmet,
        **locks_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)


def _criterion(seen: Seen, code: str, typed: Mapping[str, str]) -> CriterionScreen:
    reading, state = seen.incident.readings.get(code), gate.reading_of(seen.incident, code)
    marks = {ReadingState.RED: "✗", ReadingState.UNKNOWN: "?"}
    return CriterionScreen(
        code=code,
        means=CRITERIA[code],
        state=state.value.replace("_", " "),
        mark="✓" if state in GOOD else marks.get(state, "?"),
        by=(seen.plan.name_of(reading.by) if reading.by else "a check") if reading is not None else "",
        why=one_line(reading.why) if reading is not None else "",
        at=when(reading.at, seen.zone, seen.now) if reading is not None else None,
        typed=typed.get("why", "") if typed.get("criterion") == code else None,
    )

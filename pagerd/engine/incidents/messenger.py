"""Tells of incidents, and stores what became of it. A chat that hangs, fails or lies holds up nothing else.

A message that was perhaps taken is told again. One that fails is tried again for a day, each incident for itself; the
operators hear of it after some minutes, the incident, status and metrics show it from the first.
"""

import asyncio
from datetime import UTC, timedelta

import msgspec
import structlog

from pagerd.channels.base import Busy, Outgoing, Told
from pagerd.core.errors import PagerdError, Refused
from pagerd.core.incidents.announcing import Announcement, facts_of
from pagerd.core.incidents.messages import Written
from pagerd.core.paging.letter import Line, Section, as_html, as_text
from pagerd.core.paging.message import Mail
from pagerd.core.people import Medium
from pagerd.core.plain import zoned_time
from pagerd.core.plan import Plan
from pagerd.engine import apply
from pagerd.engine.engine import Engine
from pagerd.engine.incidents import announcing
from pagerd.engine.incidents.announcing import IN_FLIGHT_MAX, TEST
from pagerd.engine.work import Work
from pagerd.stores.records import messages as rows
from pagerd.stores.records.columns import reader
from pagerd.stores.records.messages import Message, MessageState
from pagerd.templating import messages as templating

log = structlog.get_logger()

DEADLINE_SECONDS = 10.0
"""One attempt. The claim lasts six times as long, so that nothing is told twice because it was slow to be told."""

FIRST_AGAIN_AFTER = timedelta(seconds=10)
AGAIN_AFTER_MAX = timedelta(minutes=2)
"""Whoever waits for news of an incident looks again after minutes, not after hours."""

GIVES_UP_AFTER = timedelta(days=1)
"""By then it is no news."""

PAUSE = timedelta(seconds=1)
"""Between two messages to one place: what Slack wants of a webhook, and less than Teams and Mattermost take."""

ALARM_AT = 5
"""Failed attempts at one message, about three minutes, until the operators are told; then once an hour."""

DRILL = "DRILL: "

_announcement = reader(Announcement)


class Messenger:
    """Tells one message at a time with each of its workers, until it is stopped."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # No more are claimed than this; one more is never in memory, whatever happens.
        self._queue: asyncio.Queue[Message] = asyncio.Queue(IN_FLIGHT_MAX)
        engine.tell = self._take

    def _take(self, one: Message) -> None:
        if not self._queue.full():  # else its claim ends and it comes again
            self._queue.put_nowait(one)

    async def run(self) -> None:
        """Tell until cancelled: what is in the air then is told again by whoever starts next."""
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT_MAX):
                group.create_task(self._tell_on())

    async def _tell_on(self) -> None:
        while True:
            one = await self._queue.get()
            try:
                await self.tell(one)
            except PagerdError as error:
                # The outcome could not be stored: the claim ends, and it is told once more.
                log.warning("message.outcome_lost", message=one.id, error=str(error))
            except Exception:
                log.exception("message.failed", message=one.id)

    async def tell(self, one: Message) -> None:
        """Tell one message, and store what became of it."""
        fault = ""
        try:
            told, fault = self._told(one)
            await self._send(one, told)
        except PagerdError as error:
            log.warning("message.not_taken", message=one.id, attempt=one.attempts + 1, error=str(error))
            problem: Exception = error
        except Exception as error:
            log.exception("message.broken", message=one.id)
            problem = error
        else:
            await self._engine.transact(lambda work: taken(work, one, fault))
            return
        await self._engine.transact(lambda work: failed(work, one, problem))

    def _told(self, one: Message) -> tuple[Told, str]:
        """Return a message in words, and what was wrong with its template."""
        if one.kind == TEST:
            return _test(one, self._engine.plan), ""
        return words_of(_announcement.decode(one.body), one.id, self._engine.plan, self._engine.delivery.public_url)

    async def _send(self, one: Message, told: Told) -> None:
        delivery = self._engine.delivery
        if not one.address:
            await delivery.tell(one.receiver, told, DEADLINE_SECONDS)
            return
        outgoing = Outgoing(
            id=told.id,
            attempt=one.attempts + 1,
            medium=Medium.EMAIL,
            to=one.address,
            body=mail_of(told),
            valid_for=GIVES_UP_AFTER,
            callback_url=None,
        )
        await delivery.mail(outgoing, DEADLINE_SECONDS)


def words_of(one: Announcement, message_id: str, plan: Plan, public_url: str | None) -> tuple[Told, str]:
    """Write a message by its template, or plainly; return it, and what was wrong with the template."""
    link = link_of(public_url, one.incident)
    facts = facts_of(one, plan, link=link)
    written = templating.write(plan.incidents.messages, one.kind, facts)
    return _as_told(one, written, message_id, facts, link), written.fault


def link_of(public_url: str | None, incident: int) -> str:
    """Return where people see an incident, once they have signed in; nothing where no phone reaches this pagerd."""
    return f"{public_url.rstrip('/')}/i/{incident}" if public_url else ""


def _as_told(one: Announcement, written: Written, message_id: str, facts: dict[str, str], link: str) -> Told:
    # Whatever a template says: nobody may take a drill for real.
    mark = DRILL if one.is_drill else ""
    return Told(
        id=message_id,
        kind=one.kind.value,
        incident=one.incident,
        is_drill=one.is_drill,
        severity=one.severity,
        at=one.at,
        heading=mark + written.heading,
        # The link is a button, or a line of its own, in every medium.
        lines=tuple(line for line in written.lines if not link or line != link),
        link=link,
        facts=facts,
    )


def _test(one: Message, plan: Plan) -> Told:
    by = plan.name_of(msgspec.json.decode(one.body)["by"])
    zone = next((team.zone for team in plan.teams.values()), None)
    at = zoned_time(one.at, zone or UTC, one.at)
    return Told(
        id=one.id,
        kind=TEST,
        incident=None,
        is_drill=False,
        severity="",
        at=one.at,
        heading="Test message from pagerd: nothing is broken",
        lines=(f"{by} tried at {at} whether messages about incidents arrive here. They do.",),
    )


def mail_of(told: Told) -> Mail:
    """Return a message as a mail; all of an incident hold together as one conversation."""
    subject = f"[incident] {told.heading}" if told.incident is not None else f"[pagerd] {told.heading}"
    links = (Section("Links", (Line("The incident", told.link),)),) if told.link else ()
    sections = (Section("", tuple(Line(line) for line in (told.heading, *told.lines) if line)), *links)
    number = told.incident
    about = (("X-Pagerd-Incident", str(number)), ("X-Pagerd-Severity", told.severity))
    return Mail(
        subject=subject,
        text=as_text(sections),
        html=as_html(subject, sections),
        thread=f"incident-{number}" if number is not None else told.id,
        first_of_thread=told.kind in ("declared", TEST),
        list_id="incidents.pagerd",
        urgent=False,
        headers=about if number is not None else (),
    )


async def taken(work: Work, one: Message, fault: str) -> None:
    """It was taken. What was wrong with its template is told to the operators: everybody else has the message."""
    if await rows.done(work.c, one, MessageState.SENT, work.now, "", work.now + PAUSE):
        work.count("incident_messages", "sent")
        if fault:
            text = f"the template of messages of kind {one.kind} does not work, they are told plainly: {fault}"
            await apply.alarm(work, "message_template", one.kind, text)
    await announcing.arm(work)


async def failed(work: Work, one: Message, problem: Exception) -> None:
    """It was not taken: it is told again later, unless it never will be, or has failed for too long."""
    fault = str(problem)[:300] if isinstance(problem, PagerdError) else f"pagerd failed: {type(problem).__name__}"
    is_refused = isinstance(problem, Refused)
    if is_refused or work.now - one.at >= GIVES_UP_AFTER:
        state = MessageState.REFUSED if is_refused else MessageState.GIVEN_UP
        if await rows.done(work.c, one, state, work.now, fault, work.now + PAUSE):
            work.count("incident_messages", state.value)
            words = "will not take" if is_refused else "did not take for a day"
            text = f"{one.receiver} {words} a message about {_about(one)} ({one.kind}): {fault}"
            await apply.alarm(work, "message_failing", f"{one.receiver} {state.value}", text)
        await announcing.arm(work)
        return
    wait = min(FIRST_AGAIN_AFTER * 2 ** min(one.attempts, 10), AGAIN_AFTER_MAX)
    asked = min(timedelta(seconds=getattr(problem, "retry_after_seconds", None) or 0), AGAIN_AFTER_MAX)
    # One that takes no more just now takes nothing else either.
    room_at = work.now + (max(wait, asked) if isinstance(problem, Busy) else PAUSE)
    if await rows.failed(work.c, one, work.now + max(wait, asked), fault, room_at):
        work.count("incident_messages", "failed")
        if one.attempts + 1 >= ALARM_AT:
            text = f"{one.receiver} takes no messages about incidents, they wait: {fault}"
            await apply.alarm(work, "message_failing", one.receiver, text)
    await announcing.arm(work)


def _about(one: Message) -> str:
    return f"incident {one.incident}" if one.incident else "nothing, a test"

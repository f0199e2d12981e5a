"""The people of the company, with their phones: they answer late, wrongly, twice, from elsewhere, or never.

Each acts as people can: by text, by a key in a call, by the command line. What an answer may change is checked where it
is carried out: a wrong code, a wrong key or a stranger's phone changes no page.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from pagerd.channels.base import InboundText, OptOut
from pagerd.core.errors import PagerdError
from pagerd.core.paging.message import CallScript, Text
from pagerd.core.people import Medium
from pagerd.engine import commands, keys, replies, stored, testpage
from pagerd.engine.work import Work
from pagerd.lab.storms import company
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Down, Machine
from pagerd.lab.storms.perils import REPLY
from pagerd.lab.storms.providers import Exchange, Heard
from pagerd.lab.storms.sending import CODE_IN_TEXT, Sending
from pagerd.stores.records import tickets

_NEWEST = "SELECT seq, object_id FROM history WHERE object_id >= 'p-' AND object_id < 'p.' ORDER BY seq DESC LIMIT 1"

Act = Callable[[Work], Awaitable[object]]


class Crowd:
    """Hears what reaches the phones, and answers."""

    def __init__(self, machine: Machine, sending: Sending, findings: Findings) -> None:
        self._machine = machine
        self._findings = findings
        self._sending = sending
        self.inbox: Exchange | None = None
        """Where texts to us are kept until they are asked for."""
        self.silent = False
        """Nobody answers anything for now."""
        self.eager = False
        """Everybody answers at once."""
        self._by_address: dict[str, str] = {}
        self._phones = {one.id: one.sms or "" for one in machine.files.people.values()}
        self._texts = 0
        for one in machine.files.people.values():
            for address in (one.sms, one.voice, one.email):
                self._by_address[address or ""] = one.id

    def hears(self, heard: Heard) -> None:
        """A phone rings or buzzes, or a mail is there."""
        person = self._by_address.get(heard.outgoing.to)
        self._sending.reached(heard.outgoing.id, person, self._machine.wall)
        if person is None:
            return
        dice = self._machine.dice
        if self.silent:
            self._machine.weather.strikes(Fault.NOBODY_ANSWERS)
            return
        if self.eager:
            self._machine.spawn(self._answers, person, heard, after=dice.between(1, 5))
        elif dice.hits(0.55):
            self._machine.spawn(self._answers, person, heard, after=dice.pause(90))

    async def _answers(self, person: str, heard: Heard) -> None:
        dice, outgoing = self._machine.dice, heard.outgoing
        if isinstance(outgoing.body, CallScript):
            await self._press(person, heard, outgoing.body)
            return
        found = CODE_IN_TEXT.search(outgoing.body.body) if isinstance(outgoing.body, Text) else None
        if found is not None and (self.eager or dice.hits(0.7)):
            await self._text(person, found[1])
        elif pages := self._sending.pages_of(outgoing.id):
            # One mail may be of several pages: whoever answers everything answers each.
            for page in pages if self.eager else (dice.pick(pages),):
                await self._command(person, page)

    async def _press(self, person: str, heard: Heard, script: CallScript) -> None:
        machine, dice = self._machine, self._machine.dice
        known = {act: key for key, act in script.keys}
        if machine.weather.strikes(Fault.WRONG_KEY, 0.15):
            key, changes = next(one for one in "1234579" if one not in known.values()), False
        else:
            act = "ack" if self.eager else dice.pick(("ack", "ack", "ack", "resolve", "escalate", "repeat"))
            key, changes = known.get(act, "0"), act in known and act != "repeat"
        notification, call = heard.outgoing.id, heard.provider_id

        async def press(work: Work) -> None:
            await keys.press_key(work, notification, call, key, request_id=f"{call}-{key}")

        for _ in range(2 if machine.weather.strikes(Fault.ANSWERS_TWICE, 0.15) else 1):
            await self._do(f"{person} presses {key} in {call}", press, changes=changes)

    async def _text(self, person: str, code: str) -> None:
        machine, dice, weather = self._machine, self._machine.dice, self._machine.weather
        number, changes, opt_out = self._phones[person], True, None
        body = f"{code} ack" if self.eager else dice.pick(_WORDS).replace("CODE", code)
        if weather.strikes(Fault.STOP, 0.04):
            body, opt_out = "STOP", OptOut.STOP
        elif weather.strikes(Fault.WRONG_CODE, 0.1):
            body, changes = "QQQQ ack", False
        elif weather.strikes(Fault.WRONG_PHONE, 0.05):
            number, changes = "+15550009999", False
        times = 2 if weather.strikes(Fault.ANSWERS_TWICE, 0.15) else 1
        self._texts += 1
        sid = f"SM{self._texts}"
        if self.inbox is not None:
            at = machine.clock.wall()  # a carrier knows nothing of what pagerd makes of it
            self.inbox.texts.append(
                InboundText(provider_id=sid, sender=number, to="", body=body, opt_out=opt_out, at=at)
            )
            del self.inbox.texts[:-200]
        if weather.strikes(Fault.REPLY_LOST, 0.2):
            machine.record.note(f"the callback about a text of {person} is lost")
            return

        async def read(work: Work) -> None:
            await replies.read_text(work, sid, number, body, opt_out.value if opt_out is not None else None)

        for _ in range(times):
            await self._do(f"{person} texts {body}", read, changes=changes)

    async def _command(self, person: str, page: str) -> None:
        """Act on a page by the command line."""
        dice = self._machine.dice
        other = dice.pick(company.PEOPLE)
        acts: tuple[tuple[str, Act], ...] = (
            ("acknowledges", lambda work: commands.acknowledge(work, page, person, "cli")),
            ("acknowledges", lambda work: commands.acknowledge(work, page, person, "link")),
            ("snoozes", lambda work: commands.snooze(work, page, person, "cli", timedelta(minutes=dice.count(1, 30)))),
            ("resolves", lambda work: commands.resolve(work, page, person, "cli")),
            ("escalates", lambda work: commands.escalate(work, page, person, "cli")),
            ("reassigns", lambda work: commands.reassign(work, page, person, "cli", other)),
            ("asks for help", lambda work: commands.add_responder(work, page, person, "cli", other)),
            ("undoes", lambda work: commands.undo(work, page, person, "cli")),
            ("notes on", lambda work: commands.add_note(work, page, person, "cli", "I look at it.")),
        )
        said, act = acts[0] if self.eager else dice.pick(acts)
        await self._do(f"{person} {said} {page}", act, changes=True)

    async def act_at_will(self) -> None:
        """Do something that no message asked for."""
        machine, dice = self._machine, self._machine.dice
        person, now = dice.pick(company.PEOPLE), machine.now()
        start, end = now, now + timedelta(minutes=dice.count(2, 60))
        matcher = dice.pick(('cluster="c1"', 'alertname="Errors"', 'severity="critical"', 'team="payments"'))
        team = dice.pick(company.TEAMS)
        plan = machine.process.engine.plan if machine.process is not None else machine.files
        silences = [one.id for one in plan.silences if one.stored and one.end > now]
        ticket = await self._a_ticket()
        medium = dice.pick(tuple(Medium))
        acts: list[tuple[str, Act]] = [
            (f"silences {matcher}", lambda work: stored.add_silence(work, (matcher,), start, end, person, "deploy")),
            (f"pages {team}", lambda work: commands.raise_page(work, person, "cli", team, "Customers call")),
            ("tests a contact", lambda work: testpage.send(work, person, medium, person, at_night=True)),
        ]
        if silences:
            silence = dice.pick(silences)
            acts.append(("ends a silence", lambda work: stored.end_silence(work, silence, person)))
        if ticket is not None:
            acts += [
                ("takes a ticket", lambda work: commands.take_ticket(work, ticket, person)),
                ("closes a ticket", lambda work: commands.close_ticket(work, ticket, person, "mended")),
            ]
        said, act = dice.pick(acts)
        await self._do(f"{person} {said}", act, changes=True)

    async def _a_ticket(self) -> str | None:
        found = await self._machine.disk.read(tickets.list_tickets)
        return self._machine.dice.pick([one.id for one in found]) if found else None

    async def _do(self, said: str, act: Act, *, changes: bool) -> None:
        """Let a person act; what must change no page is looked at in its own transaction."""

        async def watched(work: Work) -> None:
            before = await work.c.execute(_NEWEST)
            await act(work)
            if not changes and before != await work.c.execute(_NEWEST):
                self._findings.breaks("I5", f"{said}: that must change no page, and did")

        try:
            await self._machine.call(watched, REPLY)
        except (Down, PagerdError) as error:
            self._machine.record.note(f"{said}: {type(error).__name__} {error}"[:160])
            return
        self._machine.record.event("reply", said)


_WORDS = (
    "CODE ack",
    "CODE ack",
    "CODE",
    "Ack CODE please",
    "ack",
    "CODE res",
    "CODE esc",
    "CODE 20m",
    "CODE undo",
    "?",
    "no",
    "hello there",
)

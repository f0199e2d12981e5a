"""What can happen in a story: one pattern and one coroutine each."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from pagerd.channels.base import DeliveryReport, DeliveryStatus, InboundText
from pagerd.core.alerts.alert import Batch, Quarantined, ReceivedAlert, Suppression
from pagerd.core.alerts.heartbeat import Heartbeat
from pagerd.core.errors import PagerdError
from pagerd.core.paging.message import CallScript, Mail, Text
from pagerd.core.paging.notification import Notification
from pagerd.core.people import Medium
from pagerd.core.worklog.grant import GrantStatus
from pagerd.engine import commands, intake, keys, mornings, outcomes, rest, stored, testpage
from pagerd.engine.commands import Answer
from pagerd.engine.queries_observed import observed_between
from pagerd.engine.work import Work
from pagerd.lab.members import InventedMembers
from pagerd.lab.phones import Mood, Sent
from pagerd.stores.records import alerts, notifications, worked
from tests.builders import a_received_alert, some_annotations
from tests.stories.action_items import ACTION_ITEMS
from tests.stories.incident_actions import INCIDENT_ACTIONS
from tests.stories.message_actions import MESSAGE_ACTIONS
from tests.stories.plans import PLANS
from tests.stories.postmortem_actions import POSTMORTEM_ACTIONS
from tests.stories.public_actions import PUBLIC_ACTIONS
from tests.stories.script import EPOCH, MEDIUM, Player
from tests.stories.shift_actions import SHIFT_ACTIONS
from tests.stories.signing_in import SIGNING_IN
from tests.stories.swap_actions import SWAP_ACTIONS
from tests.stories.triage_actions import TRIAGE_ACTIONS

_MEDIA = {word: medium for medium, word in MEDIUM.items()}
_STATUS = {
    "rings": DeliveryStatus.RINGING,
    "is sent": DeliveryStatus.SENT,
    "is delivered": DeliveryStatus.DELIVERED,
    "is answered": DeliveryStatus.ANSWERED,
    "does not arrive": DeliveryStatus.NOT_REACHED,
    "is not answered": DeliveryStatus.NOT_REACHED,
    "is busy": DeliveryStatus.NOT_REACHED,
    "is taken by voicemail": DeliveryStatus.NOT_REACHED,
    "is refused for good": DeliveryStatus.REFUSED,
}
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}


def _length(text: str) -> timedelta:
    return int(text[:-1]) * _UNITS[text[-1]]


def _alert(
    source: str, name: str, service: str | None, extra: str | None, *, firing: bool, player: Player
) -> ReceivedAlert:
    labels: dict[str, str | None] = {"alertname": name}
    if service:
        labels["service"] = service
    annotations: dict[str, str | None] = {}
    for pair in (extra or "").split():
        key, _, value = pair.partition("=")
        where = annotations if key in ("summary", "runbook_url", "action") else labels
        where[key] = None if value == "none" else value.replace("_", " ")
    # A tool of one's own gives its alerts an id: other labels may change while it is the same alert.
    named = sorted(labels.items()) if source != "tools" else [("id", labels.get("instance") or name)]
    fingerprint = " ".join(f"{key}={value}" for key, value in named)
    now = player.world.clock.now()
    return a_received_alert(
        firing=firing,
        fingerprint=fingerprint,
        annotations=some_annotations(**annotations),
        lease_until=now + timedelta(minutes=4) if firing and source == "leased" else None,
        ended_at=now if not firing and source == "leased" else None,
        **labels,
    )


async def _fires(player: Player, source: str, name: str, service: str | None, extra: str | None) -> None:
    await player.world.receive(source, _alert(source, name, service, extra, firing=True, player=player))


async def _storms(player: Player, source: str, name: str, count: str, severity: str | None) -> None:
    extra = f" severity={severity}" if severity else ""
    alerts = [
        _alert(source, name, None, f"cluster=c{number}{extra}", firing=True, player=player)
        for number in range(1, int(count) + 1)
    ]
    await player.world.receive(source, *alerts)


async def _calms(player: Player, source: str, name: str, count: str) -> None:
    alerts = [
        _alert(source, name, None, f"cluster=c{number}", firing=False, player=player)
        for number in range(1, int(count) + 1)
    ]
    await player.world.receive(source, *alerts)


async def _resolves(player: Player, source: str, name: str, service: str | None, extra: str | None) -> None:
    await player.world.receive(source, _alert(source, name, service, extra, firing=False, player=player))


async def _told_again(player: Player, source: str, name: str, length: str) -> None:
    alert = _alert(source, name, None, None, firing=False, player=player)
    await player.world.receive(source, replace(alert, ended_at=player.world.clock.now() - _length(length)))


async def _command(player: Player, act: Callable[[Work], object]) -> None:
    try:
        answer = await player.world.do(act)  # type: ignore[arg-type]  # each act is a coroutine function
    except PagerdError as error:
        player.answers.append(str(error))
        return
    if isinstance(answer, Answer):
        player.answers.append(answer.sentence)


async def _acts(player: Player, who: str, act: str) -> None:
    page = await player.only_page()
    command = {
        "acknowledges": commands.acknowledge,
        "resolves the page": commands.resolve,
        "escalates": commands.escalate,
        "undoes": commands.undo,
    }[act]
    await _command(player, lambda work: command(work, page, who, "cli"))


async def _snoozes(player: Player, who: str, length: str) -> None:
    page = await player.only_page()
    await _command(player, lambda work: commands.snooze(work, page, who, "cli", _length(length)))


async def _hands(player: Player, who: str, to: str) -> None:
    page = await player.only_page()
    await _command(player, lambda work: commands.reassign(work, page, who, "cli", to))


async def _asks(player: Player, who: str, name: str) -> None:
    page = await player.only_page()
    await _command(player, lambda work: commands.add_responder(work, page, who, "cli", name))


async def _notes(player: Player, who: str, text: str) -> None:
    page = await player.only_page()
    await _command(player, lambda work: commands.add_note(work, page, who, "cli", text))


async def _pages(player: Player, who: str, team: str, text: str) -> None:
    await _command(player, lambda work: commands.raise_page(work, who, "cli", team, text))


async def _takes(player: Player, who: str) -> None:
    ticket = await player.only_ticket()
    await _command(player, lambda work: commands.take_ticket(work, ticket, who))


async def _closes(player: Player, who: str) -> None:
    ticket = await player.only_ticket()
    await _command(player, lambda work: commands.close_ticket(work, ticket, who, "it is mended"))


async def _reopens(player: Player, who: str, why: str) -> None:
    ticket = await player.last_ticket()
    await _command(player, lambda work: commands.reopen_ticket(work, ticket, who, why))


async def _notes_ticket(player: Player, who: str, text: str) -> None:
    ticket = await player.last_ticket()
    await _command(player, lambda work: commands.note_ticket(work, ticket, who, text))


async def _ends_silence(player: Player, who: str) -> None:
    [silence] = [one for one in player.world.engine.plan.silences if one.stored]
    await _command(player, lambda work: stored.end_silence(work, silence.id, who))


async def _previews(player: Player, matcher: str) -> None:
    seen = await player.world.engine.read(lambda c: stored.preview_silence(c, (matcher,)))
    names = ", ".join(alert.labels["alertname"] for alert in seen.examples)
    player.answers.append(f"it would mute {seen.count} now{': ' if names else ''}{names}")


async def _watches(player: Player, source: str, length: str) -> None:
    traits = player.world.traits
    traits[source] = replace(traits[source], silent_after=None if length == "nothing" else _length(length))
    await player.world.do(lambda work: intake.watch_sources(work, traits, listens_since=None))


async def _can_be_asked(player: Player) -> None:
    world = player.world
    world.members["alertmanager"] = InventedMembers("am-1", "am-2")
    world.traits["alertmanager"] = replace(world.traits["alertmanager"], is_asked=True)
    for alert in await world.engine.read(lambda c: alerts.open_of(c, "alertmanager", "", 100)):
        _say(player, alert.fingerprint, None)
    await world.do(lambda work: intake.watch_sources(work, world.traits, listens_since=None))


def _say(player: Player, fingerprint: str, suppression: Suppression | None, member: str | None = None) -> None:
    for name, knows in player.world.members["alertmanager"].knows.items():
        if member in (None, name):
            knows[fingerprint] = suppression


async def _silenced_there(player: Player, who: str, name: str, member: str | None, length: str, why: str) -> None:
    ends_at = player.world.clock.now() + _length(length)
    for fingerprint in await _fingerprints(player, name):
        _say(player, fingerprint, Suppression(f"{who} in Alertmanager", why, ends_at), member)


async def _inhibited_there(player: Player, name: str, by: str) -> None:
    for fingerprint in await _fingerprints(player, name):
        _say(player, fingerprint, Suppression("Alertmanager", f"inhibited by {by}"))


async def _tells_again(player: Player, name: str) -> None:
    for fingerprint in await _fingerprints(player, name):
        _say(player, fingerprint, None)


async def _fingerprints(player: Player, name: str) -> list[str]:
    found = await player.world.engine.read(lambda c: alerts.open_of(c, "alertmanager", "", 100))
    return [alert.fingerprint for alert in found if alert.labels["alertname"] == name]


async def _forgets(player: Player, member: str, name: str) -> None:
    for fingerprint in await _fingerprints(player, name):
        for one, knows in player.world.members["alertmanager"].knows.items():
            if member in ("Alertmanager", one):
                knows.pop(fingerprint)


async def _is_silent(player: Player, member: str) -> None:
    members = player.world.members["alertmanager"]
    members.silent |= set(members.knows) if member == "Alertmanager" else {member}


async def _answers_again(player: Player, member: str) -> None:
    members = player.world.members["alertmanager"]
    members.silent -= set(members.knows) if member == "Alertmanager" else {member}


async def _reports(player: Player, source: str) -> None:
    await player.world.receive(source)


async def _expected(player: Player, source: str) -> None:
    heartbeat = player.world.traits[source].heartbeat
    assert heartbeat is not None
    await _set_heartbeat(player, replace(heartbeat, is_expected=True))


async def _every(player: Player, source: str, length: str) -> None:
    heartbeat = player.world.traits[source].heartbeat
    assert heartbeat is not None
    await _set_heartbeat(player, replace(heartbeat, every=_length(length)))


async def _set_heartbeat(player: Player, heartbeat: Heartbeat) -> None:
    traits = player.world.traits
    traits[heartbeat.name] = replace(traits[heartbeat.name], heartbeat=heartbeat)
    await player.world.do(lambda work: intake.watch_sources(work, traits, listens_since=None))


async def _no_heartbeat(player: Player, source: str) -> None:
    traits = player.world.traits
    traits[source] = replace(traits[source], heartbeat=None)
    await player.world.do(lambda work: intake.watch_sources(work, traits, listens_since=None))


async def _silences(player: Player, who: str, matcher: str, length: str, why: str) -> None:
    now = player.world.clock.now()
    end = now + _length(length)
    await _command(player, lambda work: stored.add_silence(work, (matcher,), now, end, who, why))


def _last(player: Player, medium: str, person: str) -> Sent:
    address = player.world.engine.plan.people[person].address(_MEDIA[medium])
    for sent in reversed(player.world.sent):
        if sent.outgoing.medium is _MEDIA[medium] and sent.outgoing.to == address:
            return sent
    raise AssertionError(f"no {medium} was sent to {person}")


async def _last_code(player: Player, person: str) -> str:
    address = player.world.engine.plan.people[person].sms
    for sent in reversed(player.world.sent):
        if sent.outgoing.medium is Medium.SMS and sent.outgoing.to == address:
            code = (await _notification(player, sent)).code
            if code is not None:
                return code
    raise AssertionError(f"no text to {person} had a code")


async def _report_lost(player: Player, medium: str, person: str, what: str) -> None:
    sent = _last(player, medium, person)
    report = DeliveryReport(provider_id=sent.provider_id, status=_STATUS[what], detail=what)
    player.world.phones[_MEDIA[medium]].reports[sent.provider_id] = report


async def _reported(player: Player, medium: str, person: str, what: str) -> None:
    await player.world.report(_last(player, medium, person), _STATUS[what], what)


async def _reported_fault(player: Player, medium: str, person: str) -> None:
    sent = _last(player, medium, person)
    report = DeliveryReport(
        provider_id=sent.provider_id,
        status=DeliveryStatus.NOT_REACHED,
        detail="the account is suspended",
        account_fault=True,
    )
    await player.world.do(lambda work: outcomes.reported(work, sent.outgoing.id, report))


async def _provider(player: Player, medium: str, which: str, mood: str) -> None:
    phones = player.world.phones if which == "provider" else player.world.backups
    phones[_MEDIA[medium]].mood = {
        "is down": Mood.DOWN,
        "works again": Mood.WORKS,
        "loses its answers": Mood.LOSES_ANSWERS,
        "filters what it takes for spam": Mood.FILTERS,
        "takes no more just now": Mood.BUSY,
        "does not know our account": Mood.REFUSES_US,
    }[mood]


async def _tracker(player: Player, mood: str) -> None:
    player.world.tracker.mood = {
        "is down": Mood.DOWN,
        "works again": Mood.WORKS,
        "loses its answers": Mood.LOSES_ANSWERS,
    }[mood]


async def _tracker_refuses(player: Player, event: str) -> None:
    player.world.tracker.refuses = event


async def _never_takes(player: Player, medium: str, person: str) -> None:
    address = player.world.engine.plan.people[person].address(_MEDIA[medium])
    assert address is not None
    player.world.phones[_MEDIA[medium]].refuses.add(address)


async def _refuses_address(player: Player, address: str) -> None:
    player.world.phones[Medium.EMAIL].refuses.add(address)


async def _reaches_again(player: Player, medium: str, person: str) -> None:
    address = player.world.engine.plan.people[person].address(_MEDIA[medium])
    player.world.phones[_MEDIA[medium]].refuses.discard(address or "")


async def _tests(player: Player, who: str, person: str, medium: str, night: str | None) -> None:
    async def act(work: Work) -> None:
        await testpage.send(work, person, _MEDIA[medium], who, at_night=night is not None)

    await _command(player, act)


async def _texts(player: Player, who: str, body: str) -> None:
    """CODE stands for the code of the last text to this person that had one."""
    if "CODE" in body:
        body = body.replace("CODE", await _last_code(player, who))
    player.texts += 1
    await _receive_text(player, who, body, f"SM{player.texts}")


async def _texts_the_code(player: Player, who: str, words: str) -> None:
    [one, *_] = await player.world.engine.read(lambda c: worked.codes_of(c, who, player.world.clock.now()))
    player.texts += 1
    await _receive_text(player, who, f"{one.code} {words}", f"SM{player.texts}")


async def _says_worked(player: Player, who: str, length: str) -> None:
    [night] = await player.world.engine.read(lambda c: worked.between(c, EPOCH, player.world.clock.now()))
    minutes = _length(length) // timedelta(minutes=1)
    await _command(player, lambda work: mornings.say_worked(work, night, by=who, via="cli", minutes=minutes))


async def _decides_rest(player: Player, who: str, what: str, why: str | None) -> None:
    status = {"approves": GrantStatus.APPROVED, "declines": GrantStatus.DECLINED, "withdraws": GrantStatus.WITHDRAWN}
    until = player.world.clock.now() + timedelta(days=1)
    found = await player.world.engine.read(lambda c: worked.between(c, EPOCH, until))
    [night] = [one for one in found if one.grant is not None]
    await _command(player, lambda work: rest.decide(work, night, status[what], by=who, via="cli", why=why or ""))


async def _texts_again(player: Player, who: str, body: str) -> None:
    one = await _notification(player, _last(player, "text", who))
    await _receive_text(player, who, body.replace("CODE", one.code or ""), f"SM{player.texts}")


async def _texts_unheard(player: Player, who: str, body: str) -> None:
    one = await _notification(player, _last(player, "text", who))
    number = player.world.engine.plan.people[who].sms
    player.texts += 1
    text = InboundText(
        provider_id=f"SM{player.texts}",
        sender=number or "",
        to="",
        body=body.replace("CODE", one.code or ""),
        at=player.world.clock.now(),
    )
    player.world.phones[Medium.SMS].texts.append(text)


async def _receive_text(player: Player, who: str, body: str, provider_id: str) -> None:
    person = player.world.engine.plan.people.get(who)
    number = person.sms if person is not None and person.sms is not None else "+15550009999"
    answer = await player.world.text(provider_id, number, body)
    if not player.world.hearing.by_callback:
        return
    player.answers.append(f"text to {who}: {answer}" if answer else f"(silence to {who})")


async def _presses(player: Player, who: str, key: str) -> None:
    call = _last(player, "call", who)
    one = await _notification(player, call)
    digit = one.digit if key == "the key that was told" else key
    answer = await player.world.do(lambda work: keys.press_key(work, call.outgoing.id, call.provider_id, digit or ""))
    player.answers.append(f"said to {who}: {answer.sentence or 'the script again'}")


async def _notification(player: Player, sent: Sent) -> Notification:
    found = await player.world.engine.read(lambda c: notifications.find(c, sent.outgoing.id))
    assert found is not None
    return found


async def _reads(player: Player, who: str) -> None:
    body = _last(player, "text", who).outgoing.body
    assert isinstance(body, Text)
    player.answers.extend(body.body.splitlines())


async def _listens(player: Player, who: str) -> None:
    script = _last(player, "call", who).outgoing.body
    assert isinstance(script, CallScript)
    one = await _notification(player, _last(player, "call", who))
    player.answers.append(script.greeting)
    player.answers.append(script.prompt.replace(f"Press {one.digit} ", "Press KEY "))


async def _reads_mail(player: Player, who: str) -> None:
    _read_aloud(player, _last(player, "mail", who))


async def _reads_digest(player: Player, address: str) -> None:
    _read_aloud(player, next(sent for sent in reversed(player.world.sent) if sent.outgoing.to == address))


def _read_aloud(player: Player, sent: Sent) -> None:
    body = sent.outgoing.body
    assert isinstance(body, Mail)
    player.answers.append(body.subject)
    # A hash stands for every word of every entry before it: in a story it would change with each of them.
    player.answers.extend(re.sub(r"\b[0-9a-f]{64}\b", "HASH", line) for line in body.text.splitlines() if line)


async def _crashes(player: Player) -> None:
    player.world.crash()
    await player.world.begin()


async def _stalls(player: Player, length: str) -> None:
    player.world.clock.move_to(player.world.clock.now() + _length(length))
    await _crashes(player)


async def _told_to(player: Player, what: str) -> None:
    player.world.observing = what == "observe"
    await _crashes(player)


async def _reported_of(player: Player, who: str) -> None:
    now, people = player.world.clock.now(), player.world.engine.plan.people
    found = await player.world.engine.read(lambda c: observed_between(c, people, EPOCH, now + timedelta(seconds=1)))
    [share] = [one for one in found.report.people if one.name == who]
    player.answers.append(
        f"{share.first} at once, {share.follow_ups} had nobody answered, {share.others} others; "
        f"night pages {share.nights}, and {share.nights_unanswered} had nobody answered"
    )


async def _damaged(player: Player) -> None:
    player.is_damaged = True
    await player.world.do(lambda work: work.c.execute("UPDATE pages SET body = '{}'"))


async def _loses(player: Player, what: str) -> None:
    statement = {
        "timer": "DELETE FROM timers WHERE kind = 'page'",
        "due time": {
            "sqlite": "UPDATE pages SET body = json_remove(body, '$.position.due')",
            "postgres": "UPDATE pages SET body = CAST(CAST(body AS jsonb) #- '{position,due}' AS text)",
        },
        "messages": "DELETE FROM notifications",
    }[what]

    async def lose(work: Work) -> None:
        await work.c.execute(statement if isinstance(statement, str) else statement[work.c.dialect])

    player.is_damaged = True
    await player.world.do(lose)


async def _audits(player: Player) -> None:
    found = await player.world.audit()
    player.answers.append(", ".join(one.kind.value for one in found) or "the auditor is content")


async def _plan(player: Player, name: str) -> None:
    await player.world.put_in_force(replace(PLANS[name](), revision=name))


async def _unreadable(player: Player, source: str) -> None:
    broken = Quarantined(raw="{}", reason="alerts[0].labels: expected an object")
    batch = Batch(alerts=(), quarantined=(broken,))
    traits = player.world.traits[source]
    await player.world.do(lambda work: intake.receive(work, traits, batch, renew_life=True))


async def _truncates(player: Player, source: str, count: str) -> None:
    traits = player.world.traits[source]
    batch = Batch(alerts=(), truncated=int(count))
    await player.world.do(lambda work: intake.receive(work, traits, batch, renew_life=True))


_SOURCE, _WHO = r"(alertmanager|leased|tools|watched)", r"(\w+)"
ACTIONS: Mapping[str, Callable[..., object]] = {
    **INCIDENT_ACTIONS,
    **ACTION_ITEMS,
    **MESSAGE_ACTIONS,
    **SWAP_ACTIONS,
    **PUBLIC_ACTIONS,
    **POSTMORTEM_ACTIONS,
    **SHIFT_ACTIONS,
    **SIGNING_IN,
    **TRIAGE_ACTIONS,
    rf"{_SOURCE}: (\w+) fires(?: on ([\w-]+))?(?: with (.+))?": _fires,
    rf"{_SOURCE}: (\w+) fires in (\d+) clusters(?: with severity=(\w+))?": _storms,
    rf"{_SOURCE}: (\w+) resolves in (\d+) clusters": _calms,
    rf"{_SOURCE}: (\w+) resolves(?: on ([\w-]+))?(?: with (.+))?": _resolves,
    rf"{_SOURCE}: (\w+) resolved (\w+) ago": _told_again,
    rf"{_SOURCE}: sends an alert that cannot be read": _unreadable,
    rf"{_SOURCE}: leaves out (\d+) alerts": _truncates,
    r"Alertmanager can be asked from now on": _can_be_asked,
    r"(\w+) silences (\w+) in Alertmanager(?:, and only (am-\d) has heard of it,)? for (\w+): (.+)": _silenced_there,
    r"Alertmanager inhibits (\w+) because of (\w+)": _inhibited_there,
    r"Alertmanager suppresses (\w+) no more": _tells_again,
    r"(Alertmanager|am-\d) does not know (\w+) any more": _forgets,
    r"(Alertmanager|am-\d) does not answer": _is_silent,
    r"(Alertmanager|am-\d) answers again": _answers_again,
    r"(backup): reports": _reports,
    r"the settings expect (backup) from the start": _expected,
    r"the settings want (backup) to report every (\w+)": _every,
    r"the settings take (backup) for no heartbeat any more": _no_heartbeat,
    rf"{_WHO} (acknowledges|resolves the page|escalates|undoes)": _acts,
    rf"{_WHO} snoozes for (\w+)": _snoozes,
    rf"{_WHO} hands it to ([\w-]+)": _hands,
    rf"{_WHO} asks (\w+) for help": _asks,
    rf"{_WHO} notes: (.+)": _notes,
    rf"{_WHO} pages (\w+): (.+)": _pages,
    rf"{_WHO} texts: the code of the (?:night|swap) and (.+)": _texts_the_code,
    rf"{_WHO} (approves|declines|withdraws) the rest(?:: (.+))?": _decides_rest,
    rf"{_WHO} says that they were up for (\w+)": _says_worked,
    rf"{_WHO} texts: (.+)": _texts,
    rf"{_WHO} texts while nobody listens: (.+)": _texts_unheard,
    rf"{_WHO}'s text (.+) is delivered to us twice": _texts_again,
    rf"{_WHO} reads the text": _reads,
    rf"{_WHO} reads the mail": _reads_mail,
    r"somebody reads the mail to (\S+@\S+)": _reads_digest,
    rf"{_WHO} listens to the call": _listens,
    rf"{_WHO} presses (the key that was told|[0-9*#])": _presses,
    rf"{_WHO} takes the ticket": _takes,
    rf"{_WHO} closes the ticket": _closes,
    rf"{_WHO} reopens the ticket: (.+)": _reopens,
    rf"{_WHO} notes on the ticket: (.+)": _notes_ticket,
    rf"{_WHO} ends the silence": _ends_silence,
    rf"{_WHO} asks what a silence of (\S+) would mute": lambda player, _who, matcher: _previews(player, matcher),
    rf"the settings want {_SOURCE} to be silent for (\w+) at most": _watches,
    rf"{_SOURCE} is not watched any more": lambda player, source: _watches(player, source, "nothing"),
    rf"{_WHO} silences (\S+) for (\w+): (.+)": _silences,
    r"the (text|call|mail) to (\w+) "
    r"(rings|is sent|is delivered|is answered|does not arrive|is not answered|is busy|is taken by voicemail|"
    r"is refused for good)": _reported,
    r"the (text|call|mail) to (\w+) comes back: our account is suspended": _reported_fault,
    r"the report on the (text|call|mail) to (\w+) gets lost: (.+)": _report_lost,
    r"the (text|call|mail) (provider|backup) (is down|works again|loses its answers|filters what it takes for spam|"
    r"takes no more just now|does not know our account)": _provider,
    r"the (text|call|mail) provider will never reach (\w+)": _never_takes,
    r"the mail server will never take (\S+@\S+)": _refuses_address,
    r"the tracker (is down|works again|loses its answers)": _tracker,
    r"the tracker will never take (\w+)": _tracker_refuses,
    r"the (text|call|mail) provider reaches (\w+) again": _reaches_again,
    rf"{_WHO} tests (\w+) by (text|call|mail)( at night)?": _tests,
    r"the stored page is damaged": _damaged,
    r"the stored page loses its (timer|due time|messages)": _loses,
    r"the auditor looks": _audits,
    r"pagerd crashes and starts again": _crashes,
    r"pagerd is gone for (\w+)": _stalls,
    r"pagerd is started again to (observe|send)": _told_to,
    rf"the report says what {_WHO} would have got": _reported_of,
    r"the plan becomes (.+)": _plan,
}

"""The watch: what people and checks find of the criteria, and what that does to the watch period.

Watched time is green time. Red starts the period anew and pages the commander. What a check cannot read holds it: the
time until it can, or until somebody attests what they saw, does not count. A check says nothing against a person's
word but red.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from pagerd.core.incidents import asking, gate
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import EndPages, KeepReading, TellPerson
from pagerd.core.incidents.errand import Errand
from pagerd.core.incidents.events import ChecksMissed, ChecksRead, CriterionRead, Sampled
from pagerd.core.incidents.incident import Incident, IncidentStatus, Reading, ReadingState, Watch, name_of
from pagerd.core.incidents.roles import Role

_WORDS_OF_PEOPLE = frozenset({ReadingState.ATTESTED, ReadingState.NOT_APPLICABLE})


def begin(draft: Draft, since: datetime, held_since: datetime | None = None) -> None:
    """Let the watch period begin then, as long as the severity says."""
    until = since + draft.policy.watch
    is_over = until <= draft.now and held_since is None and not gate.is_any_red(draft.incident)
    draft.change(watch=Watch(since=since, until=until, is_over=is_over, held_since=held_since))
    _hold(draft)


def say(draft: Draft) -> None:
    """Say until when the watch period goes, where that is known."""
    watch = draft.incident.watch
    if watch is not None and watch.due is not None:
        draft.record("watch.began", until=watch.until.isoformat())


def follow_severity(draft: Draft, was: Incident) -> None:
    """Let the watch be as long as another severity says, from where it began.

    Of what that one asks for beyond the last one nobody has looked at it meanwhile: until now nothing was green.
    """
    before = was.watch
    assert before is not None, "what follows is watched"
    asked_now = gate.checks_of(draft.incident, draft.plan).keys() - gate.checks_of(was, draft.plan).keys()
    _forget_green(draft, asked_now)
    unread = [one for one in gate.unread(draft.incident, draft.plan) if one in asked_now]
    if unread:
        draft.record("watch.held", criterion=", ".join(_words(one) for one in unread))
    begin(draft, before.since, before.since if unread else before.held_since)
    watch = draft.incident.watch
    if watch is not None and watch.is_over and not before.is_over:
        _say_over(draft)
    elif watch is not None and watch.until != before.until:
        say(draft)


def _forget_green(draft: Draft, criteria: Collection[str]) -> None:
    """Forget that these were found green by a check: it has not looked at them since they were asked for last."""
    kept = {
        criterion: one
        for criterion, one in draft.incident.readings.items()
        if criterion not in criteria or one.by or one.state is not ReadingState.GREEN
    }
    if len(kept) < len(draft.incident.readings):
        draft.change(readings=kept)


def leave(draft: Draft) -> None:
    """Watch it no more."""
    if draft.incident.status is not IncidentStatus.MONITORING:
        return
    draft.change(watch=None, impact_ended_at=None, mitigated_at=None, readings={})
    draft.record("watch.left")


def criterion_read(draft: Draft, event: CriterionRead) -> None:
    """Take the word of a person. Against what a check found red it is no word: they say why it means nothing here."""
    before = draft.incident.readings.get(event.criterion)
    state = ReadingState(event.state)
    if state in _WORDS_OF_PEOPLE and not event.why.strip():
        raise draft.refuse("reason_missing", f"{event.criterion} as {state.value.replace('_', ' ')} needs a reason")
    if state is ReadingState.ATTESTED and _is_red_by_check(draft, event.criterion):
        assert before is not None, "what is red was read"
        what = (
            f"a check reads {event.criterion} and finds it red ({before.why}): mend it, or say not_applicable and why"
        )
        raise draft.refuse("check_is_red", what)
    _take(draft, event.criterion, Reading(state=state, by=event.by, at=draft.now, why=event.why))
    draft.record(
        "criterion.read",
        by=event.by,
        via=event.via,
        reason=event.why,
        criterion=_words(event.criterion),
        state=_words(state.value),
    )
    was = before.state if before is not None else ReadingState.UNKNOWN
    _turn(draft, [(event.criterion, was, state)], event.by)


def is_news(incident: Incident, found: Sampled) -> bool:
    """Does a look at the checks say anything that is not known? Another value of the same state is no news."""
    before = incident.readings.get(found.criterion)
    if before is None:
        return True
    if before.state in _WORDS_OF_PEOPLE:
        # Not applicable is a word about the check itself.
        return before.state is ReadingState.ATTESTED and found.state == ReadingState.RED.value
    return found.state != before.state.value


def checks_read(draft: Draft, event: ChecksRead) -> None:
    """Take what is news of a look at the checks."""
    turns: list[tuple[str, ReadingState, ReadingState]] = []
    for one in event.found:
        if not is_news(draft.incident, one):
            continue
        state = ReadingState(one.state)
        turns.append((one.criterion, gate.reading_of(draft.incident, one.criterion), state))
        _take(draft, one.criterion, Reading(state=state, by="", at=draft.now, why=one.why))
        draft.record("criterion.checked", criterion=_words(one.criterion), state=state.value, reason=one.why)
    if draft.incident.status is not IncidentStatus.TRIAGE:
        _turn(draft, turns, "")
    elif turns:
        _tell_what_was_found(draft)


def checks_missed(draft: Draft, event: ChecksMissed) -> None:
    """Nobody read the checks for a while: that time was not watched."""
    watch = draft.incident.watch
    if watch is None or watch.due is None or not gate.checks_of(draft.incident, draft.plan):
        return
    missed = draft.now - max(event.since, watch.since)
    draft.change(watch=replace(watch, since=watch.since + missed, until=watch.until + missed))
    draft.record("watch.missed", since_at=event.since.isoformat(), until=(watch.until + missed).isoformat())


def watch_due(draft: Draft) -> None:
    """Note that the watch period is over, unless something is red: then it goes on."""
    watch = draft.incident.watch
    if watch is None or watch.due is None or watch.due > draft.now:
        return
    if gate.is_any_red(draft.incident):
        begin(draft, draft.now)
        return
    draft.change(watch=replace(watch, is_over=True))
    _say_over(draft)


def _say_over(draft: Draft) -> None:
    incident = draft.incident
    person = incident.holder_of_first(Role.IC, Role.TL)
    left = gate.unmet(incident, draft.policy, draft.now)
    text = f"{name_of(incident).capitalize()}: the watch period is over."
    how = (
        f"Still open: {', '.join(one.code for one in left)}." if left else f"pagerd incident resolve {incident.number}"
    )
    draft.do(TellPerson(person=person, text=f"{text} {how}"))
    draft.record("watch.over", person=person)


def _take(draft: Draft, criterion: str, reading: Reading) -> None:
    draft.change(readings=gate.merged_readings(draft.incident, criterion, reading))
    draft.do(KeepReading(criterion=criterion, state=reading.state.value, by=reading.by, why=reading.why))


def _turn(draft: Draft, turns: Sequence[tuple[str, ReadingState, ReadingState]], by: str) -> None:
    """Let the watch follow what was found. What follows red starts it anew as much as red does."""
    if draft.incident.watch is None:
        return
    red = ReadingState.RED
    failed = [criterion for criterion, before, after in turns if after is red and before is not red]
    if any(red in (before, after) for _, before, after in turns):
        begin(draft, draft.now)
    else:
        _hold(draft)
    watch = draft.incident.watch
    if failed:
        words = ", ".join(_words(one) for one in failed)
        draft.record("watch.failed", criterion=words)
        asking.ask_to_look(draft, f"{words} is red, the watch period starts anew")
    elif any(before is red for _, before, _after in turns) and not gate.is_any_red(draft.incident):
        if watch.held_since is None:
            draft.do(EndPages(errand=Errand.WATCH, why="nothing is red any more", by=by))
        say(draft)


def _hold(draft: Draft) -> None:
    """Let the watch stand still while a check cannot be read, and go on when it can."""
    watch = draft.incident.watch
    if watch is None or watch.is_over:
        return
    unread = gate.unread(draft.incident, draft.plan)
    if unread and watch.held_since is None:
        draft.change(watch=replace(watch, held_since=draft.now))
        draft.record("watch.held", criterion=", ".join(_words(one) for one in unread))
    elif not unread and watch.held_since is not None:
        stood = draft.now - watch.held_since
        draft.change(watch=Watch(since=watch.since + stood, until=watch.until + stood))
        if not gate.is_any_red(draft.incident):
            draft.do(EndPages(errand=Errand.WATCH, why="nothing is red any more"))
        say(draft)


def _is_red_by_check(draft: Draft, criterion: str) -> bool:
    reading = draft.incident.readings.get(criterion)
    is_read = criterion in gate.checks_of(draft.incident, draft.plan)
    return is_read and reading is not None and reading.state is ReadingState.RED and not reading.by


def _tell_what_was_found(draft: Draft) -> None:
    """Tell whoever suspects it what the checks say: a person makes it loud, and not a threshold."""
    incident = draft.incident
    read = [(criterion, one) for criterion, one in incident.readings.items() if not one.by]
    of = {
        state: [_words(criterion) for criterion, one in read if one.state is state]
        for state in (ReadingState.RED, ReadingState.GREEN, ReadingState.UNKNOWN)
    }
    found = ", ".join(f"{' and '.join(some)} {state.value}" for state, some in of.items() if some)
    if of[ReadingState.RED]:
        how = f"It is real: pagerd incident confirm {incident.number}"
    elif of[ReadingState.UNKNOWN]:
        how = f"Look yourself, then: pagerd incident confirm {incident.number}"
    else:
        how = f"If you see nothing either: pagerd incident cancel {incident.number} false_alarm"
    draft.do(TellPerson(person=incident.opened_by, text=f"{name_of(incident).capitalize()}: {found}. {how}"))


def _words(name: str) -> str:
    return name.replace("_", " ")

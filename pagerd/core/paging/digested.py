"""What a digest says. Alerts' words in it are data: one clean line each, and escaped."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from pagerd.core.digest import Digest, TicketLine
from pagerd.core.paging.letter import Line, Section, as_html, as_text
from pagerd.core.paging.mailed import SUBJECT_MAX
from pagerd.core.paging.message import Mail
from pagerd.core.plain import clock_time, counted, full_time, length, one_line

MENDING: Mapping[str, str] = {
    "actionable": (
        "write `action:` into the paging rule, or name a runbook that answers the first 15 minutes (`runbook:` of the "
        "rule or the service)"
    ),
    "urgent": "give the alert a `severity` label that rules/severity.yaml lists, or `severity:` to the paging rule",
    "owned": "give the alert a `team` or `service` label that the files know, or add a line to rules/owners.yaml",
    "clear": (
        "in the alert rule: a `summary` of one sentence whose templates resolve, and a `runbook_url` that is a file of "
        "runbooks/ or a web address"
    ),
}
"""What to write, by the test that failed. `pagerd explain` says it for one alert, and tries it."""


def digest_mail(digest: Digest) -> Mail:
    """Say a digest in one mail, with the times of the team's zone."""
    zone = ZoneInfo(digest.zone)
    subject = _subject(digest)
    sections = [section for section in _sections(digest, zone) if section.lines]
    return Mail(
        subject=subject,
        text=as_text(sections),
        html=as_html(subject, sections),
        thread=digest.id,
        first_of_thread=True,
        list_id=f"{digest.team}.digest",
        urgent=False,
        headers=(("X-Pagerd-Team", one_line(digest.team, 80)),),
    )


def _subject(digest: Digest) -> str:
    said = [counted(digest.tickets_count, "ticket"), f"{digest.new_count} new"] if digest.tickets_count else []
    said += [f"{digest.to_mend_count} to mend"] if digest.to_mend_count else []
    said += [f"{counted(digest.pages_count, 'page')} open"] if digest.pages_count else []
    return one_line(f"[digest] {digest.team} {digest.day}: {', '.join(said) or 'nothing waits'}", SUBJECT_MAX)


def _sections(digest: Digest, zone: ZoneInfo) -> Iterable[Section]:
    yield Section("", tuple(_head(digest, zone)))
    yield Section("Pages that are open", tuple(_pages(digest, zone)))
    yield Section("Tickets", tuple(_tickets(digest, zone)))
    yield Section("Alerts to mend", tuple(_to_mend(digest)))
    yield Section("Waiting for business hours", tuple(_held(digest, zone)))
    yield Section("Since the last digest", tuple(_numbers(digest, zone)))
    yield Section("Audit anchor", tuple(_anchor(digest, zone)))
    yield Section("Why you got this", tuple(_why(digest)))


def _head(digest: Digest, zone: ZoneInfo) -> Iterable[Line]:
    yield Line(f"Digest of team {one_line(digest.name, 80)}, {full_time(digest.at, zone)}.")
    if (digest.at - digest.due).total_seconds() >= 60:
        late = length(digest.at - digest.due)
        hour = clock_time(digest.due, zone, digest.at)
        yield Line(f"Late: its hour was {hour}, {late} ago; pagerd was not running then, or the hour was changed.")
    if digest.is_empty:
        yield Line("Nothing waits: no open page, no ticket, nothing held.")


def _pages(digest: Digest, zone: ZoneInfo) -> Iterable[Line]:
    for one in digest.pages:
        holder = f"held by {one_line(one.holder, 60)}" if one.holder is not None else "NOBODY HAS IT"
        since = clock_time(one.opened_at, zone, digest.at)
        yield Line(f"{one.id} {one_line(one.severity, 20)} {one_line(one.title, 120)}: {holder}, open since {since}")
    yield from _rest(digest.pages_count, len(digest.pages), f"pagerd pages --team {digest.team}")


def _tickets(digest: Digest, zone: ZoneInfo) -> Iterable[Line]:
    for one in digest.tickets:
        yield Line(_ticket(one, digest, zone))
    yield from _rest(digest.tickets_count, len(digest.tickets), f"pagerd tickets --team {digest.team}")
    if digest.tickets:
        yield Line("pagerd tickets take, note, close: with the ticket's id.")


def _ticket(one: TicketLine, digest: Digest, zone: ZoneInfo) -> str:
    new = "NEW " if one.is_new else ""
    service = f", {one_line(one.service, 60)}" if one.service else ""
    state = "still firing" if one.is_firing else "quiet"
    taken = f", taken by {one_line(one.taken_by, 60)}" if one.taken_by is not None else ""
    clock = f", PAGES AT {clock_time(one.page_at, zone, digest.at)}" if one.page_at is not None else ""
    team = f", of team {one_line(one.team, 60)}, which is not in the files any more" if one.team else ""
    age = length(digest.at - one.opened_at)
    title = one_line(one.title, 120)
    return f"{new}{one.id} {one_line(one.severity, 20)} {title}{service}: {age} old, {state}{taken}{clock}{team}"


def _to_mend(digest: Digest) -> Iterable[Line]:
    needed: dict[str, None] = {}
    for one in digest.to_mend:
        rule = f" (rule {one_line(one.rule, 80)})" if one.rule is not None else ""
        yield Line(f"{one_line(one.title, 120)}{rule}, {one.ticket}:")
        for failed in one.fails:
            yield Line(f"- not {one_line(failed, 300)}")
            needed[failed.partition(":")[0]] = None
    yield from _rest(digest.to_mend_count, len(digest.to_mend), f"pagerd tickets --team {digest.team}")
    for test in needed:
        if test in MENDING:
            yield Line(f"To be {test}: {MENDING[test]}.")


def _held(digest: Digest, zone: ZoneInfo) -> Iterable[Line]:
    for one in digest.held:
        service = f", {one_line(one.service, 60)}" if one.service else ""
        until = clock_time(one.until, zone, digest.at)
        yield Line(f"{one_line(one.title, 120)}{service}: told at {until} if it fires on")
    yield from _rest(digest.held_count, len(digest.held), "all of them are told then")


def _numbers(digest: Digest, zone: ZoneInfo) -> Iterable[Line]:
    since = clock_time(digest.since, zone, digest.at)
    opened, new = counted(digest.opened_count, "page"), counted(digest.new_count, "new ticket")
    yield Line(f"Since {since}: {opened} opened, {new}.")
    if digest.nights_count:
        pages, times = counted(digest.nights_count, "page"), counted(digest.night_people_count, "time")
        yield Line(f"Nights: {pages} disturbed somebody's night, {times} in all: see pagerd report nights.")
    else:
        yield Line("Nights: nobody was disturbed.")


def _anchor(digest: Digest, zone: ZoneInfo) -> Iterable[Line]:
    if digest.anchor is None:
        return
    yield Line(f"Anchor {digest.anchor.number}, {full_time(digest.anchor.at, zone)}:")
    yield Line(digest.anchor.hash)
    yield Line(
        "Keep this mail: pagerd audit verify --anchor HASH says whether what was anchored is still there unchanged."
    )


def _why(digest: Digest) -> Iterable[Line]:
    if digest.has_mail:
        yield Line(f"This is the address of team {one_line(digest.name, 80)}, under `mail` in its file.")
    else:
        yield Line(f"Team {one_line(digest.name, 80)} has no address of its own: write `mail` into its file.")
    yield Line("Its hour is `digest_at`, in the team's file or pagerd.yaml; `digest_at: none` ends it.")


def _rest(count: int, shown: int, where: str) -> Iterable[Line]:
    if count > shown:
        yield Line(f"and {count - shown} more: {where}")

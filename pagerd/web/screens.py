"""What a person sees of a page, as plain values for the templates. All of it is text there, whatever an alert says."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pagerd.core.alerts.alert import Alert
from pagerd.core.paging.on_people import UNDO_WITHIN
from pagerd.core.paging.page import Page, PageStatus, Stage
from pagerd.core.people import Medium
from pagerd.core.plain import clock_time, full_time, in_zone, length, one_line
from pagerd.core.plan import Plan
from pagerd.core.timeline import sentence
from pagerd.engine.queries import LinkedPage
from pagerd.web.markdown import rendered
from pagerd.web.why import Why, why_you

HERE = Path(__file__).parent

ALERTS_SHOWN, ENTRIES_SHOWN = 10, 100
"""What fits a phone without scrolling for ever; `pagerd pages ID` shows everything."""


def _templates() -> dict[str, str]:
    """Read all templates at once: an upgrade replaces the files under a process that runs on."""
    folder = HERE / "templates"
    ours = (path for kind in ("*.html", "*.atom") for path in folder.rglob(kind))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in ours}


environment = ImmutableSandboxedEnvironment(
    loader=DictLoader(_templates()),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline, or one label: when or what, and the words."""

    name: str
    words: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class AlertScreen:
    """One alert: what it says, what was measured, where its own page is, and its labels."""

    title: str
    status: str
    summary: str
    values: str
    url: str
    labels: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScreen:
    """Everything that `page.html` says. `asks_code`: the link came by mail, where a button alone proves nothing."""

    id: str
    severity: str
    severity_name: str
    urgent: bool
    status: str
    title: str
    summary: str
    place: str
    since: str
    since_ago: str
    since_iso: str
    action: str
    holder: str
    state: str
    violations: tuple[str, ...]
    runbook_title: str
    runbook: str
    runbook_url: str
    links: tuple[Line, ...]
    alerts: tuple[AlertScreen, ...]
    alerts_more: int
    timeline: tuple[Line, ...]
    why: Why
    reader: str
    is_mine: bool
    can_undo: bool
    is_asked_to_help: bool
    is_open: bool
    asks_code: bool
    said: str = ""
    wrong: str = ""
    snoozes: tuple[tuple[str, str], ...] = field(default=())
    others: tuple[str, ...] = ()
    """The other pages that the message stood for and that nobody has, in words, the first of `others_count`."""
    others_count: int = 0
    incident: int | None = None
    """The open incident that it is part of."""
    is_errand: bool = False
    """Whether that incident raised it, and wants something of whoever reads it."""


def page_screen(linked: LinkedPage, plan: Plan, now: datetime, *, said: str = "", wrong: str = "") -> PageScreen:
    """Gather what the reader of a link sees, times in their zone."""
    page, person = linked.story.page, plan.people[linked.link.person]
    subject, zone = page.subject, person.zone
    severity = plan.severities.get(page.severity)
    runbook = plan.runbooks.get(subject.runbook or "")
    runbook_url, links = _links(page)
    firing = [alert for alert in linked.story.alerts if alert.is_open]
    shown = (firing or list(linked.story.alerts))[:ALERTS_SHOWN]
    held = page.acknowledgement
    return PageScreen(
        id=page.id,
        severity=page.severity,
        severity_name=severity.name if severity is not None else "",
        urgent=page.urgency == "high",
        status=page.status.value,
        title=one_line(subject.title, 200),
        summary=one_line(subject.summary),
        place=" · ".join(part for part in (_owner(plan, page), one_line(subject.place, 200)) if part),
        since=full_time(page.since, zone),
        since_ago=length(now - page.since),
        since_iso=page.since.isoformat(timespec="milliseconds"),
        action=one_line(subject.action or (runbook.first_action if runbook is not None else "")),
        holder=plan.name_of(held.by) if held is not None else "",
        state=_state(page, plan, person.id, zone, now),
        violations=tuple(one_line(violation) for violation in subject.violations),
        # A text that opens with a heading of its own needs no second one.
        runbook_title=one_line(runbook.title) if runbook is not None and runbook.text.lstrip()[:1] != "#" else "",
        runbook=rendered(runbook.text) if runbook is not None else "",
        runbook_url=runbook_url,
        links=links,
        alerts=tuple(_alert(alert) for alert in shown),
        alerts_more=max(page.alerts - len(shown), 0),
        timeline=tuple(
            Line(
                f"{in_zone(entry.at, zone):%a %H:%M:%S}",
                sentence(entry, zone),
                entry.at.isoformat(timespec="milliseconds"),
            )
            for entry in reversed(linked.story.entries[-ENTRIES_SHOWN:])
        ),
        why=why_you(linked, plan, zone),
        reader=person.name,
        is_mine=held is not None and held.by == person.id,
        can_undo=held is not None and held.by == person.id and now - held.at <= UNDO_WITHIN,
        is_asked_to_help=held is not None and person.id in page.helpers,
        is_open=page.is_open,
        asks_code=linked.link.medium == Medium.EMAIL.value,
        said=said,
        wrong=wrong,
        snoozes=SNOOZES,
        others=tuple(_in_words(other) for other in linked.others[:OTHERS_SHOWN]),
        others_count=len(linked.others),
        incident=page.part.incident if page.part is not None and page.part.is_open else None,
        is_errand=page.errand is not None,
    )


def _in_words(page: Page) -> str:
    where = " · ".join(part for part in (page.subject.service, page.subject.place) if part)
    return one_line(f"{page.severity} {page.subject.title}{f' · {where}' if where else ''}", 200)


OTHERS_SHOWN = 10
"""Other pages of the message that are listed; `pagerd pages` lists them all."""

SNOOZES = (("15m", "15 minutes"), ("30m", "30 minutes"), ("1h", "1 hour"), ("4h", "4 hours"))


def draw(template: str, **values: object) -> str:
    """Return a template with its values."""
    return environment.get_template(template).render(**values)


def web_url(text: str | None) -> str:
    """Return an address that may stand behind a link: only http and https, nothing else that a label may say."""
    url = one_line(text or "", 2000)
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc and " " not in url else ""


def _links(page: Page) -> tuple[str, tuple[Line, ...]]:
    subject = page.subject
    links = (Line(one_line(name, 60), web_url(url)) for name, url in subject.links.items())
    return web_url(subject.runbook_url), tuple(link for link in links if link.words)


def _owner(plan: Plan, page: Page) -> str:
    team = plan.teams.get(page.subject.team)
    name = team.name if team is not None else page.subject.team
    return f"{name} / {one_line(page.subject.service, 100)}" if page.subject.service else name


def _state(page: Page, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> str:
    """Say in one sentence who has it."""
    if page.status is PageStatus.RESOLVED:
        by = f" by {plan.name_of(page.resolved_by)}" if page.resolved_by else ""
        ago = f" {length(now - page.resolved_at)} ago" if page.resolved_at is not None else ""
        return f"Resolved{by}{ago}. Nothing to do."
    held = page.acknowledgement
    if held is not None:
        until = clock_time(held.until, zone, now)
        whose = "It is yours" if held.by == reader else f"{plan.name_of(held.by)} has it"
        if page.part is not None and page.is_carried:
            return f"{whose} while incident {page.part.incident} is open."
        return f"{whose} until {until}."
    if page.frozen_why:
        return f"Nobody is paged now: {one_line(page.frozen_why, 200)}."
    if page.position.stage is Stage.EVERYBODY_ASKED:
        return "Nobody has it: everybody was asked, and nobody answered. Nobody is woken any more."
    asked = [plan.name_of(person) for person in page.position.asked]
    were = f" {' and '.join(asked)} {'was' if len(asked) == 1 else 'were'} asked." if asked else ""
    due = page.position.due
    next_ = "they are paged again" if page.position.stage is Stage.LAST_RESORT else "the next step is paged"
    then = f" At {clock_time(due, zone, now)} {next_}." if due is not None else ""
    return f"Nobody has it yet.{were}{then}"


def _alert(alert: Alert) -> AlertScreen:
    labels = alert.labels
    return AlertScreen(
        title=one_line(labels.get("alertname", alert.fingerprint), 200),
        status=alert.status.value,
        summary=one_line(alert.annotations.get("summary") or alert.annotations.get("description", "")),
        values=one_line(alert.annotations.get("values", "")),
        url=web_url(alert.generator_url),
        labels=tuple(Line(one_line(name, 100), one_line(value, 300)) for name, value in sorted(labels.items())),
    )

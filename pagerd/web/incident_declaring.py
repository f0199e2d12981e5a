"""Declaring on the web: by hand, of a page, or what was suspected; with the three questions that propose a severity."""

from collections.abc import Sequence

from aiohttp import web

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.incidents.draft import Unmet
from pagerd.core.incidents.incident import TRIGGERS, Detection, IncidentStatus, Mode
from pagerd.core.incidents.severity import QUESTIONS, CheatSheet
from pagerd.core.paging.page import Page
from pagerd.core.plain import one_line, zoned_time
from pagerd.core.plan import Plan
from pagerd.engine import queries
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import commands, gathering
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.declaring import TITLE_MAX, Declaration
from pagerd.engine.incidents.once import once
from pagerd.engine.queries import PageStory
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, text_answer
from pagerd.web.call import Call
from pagerd.web.incident_fields import Field, Typed, choice
from pagerd.web.incident_pages import do_once, locks_of, seen_of, sent_back, unmet_of
from pagerd.web.incident_screens import incident_line
from pagerd.web.incident_values import IncidentLine
from pagerd.web.pages import HTML, banner_of
from pagerd.web.screens import draw
from pagerd.web.signed_in import NO_REFERRER_BUT_US, VIA, to_root

_ANSWERS = {"yes": True, "no": False, "unknown": None}
_OPTIONS = (("unknown", "I do not know"), ("yes", "Yes"), ("no", "No"))

HOW_FOUND = (
    ("", "not said"),
    (Detection.MONITORING.value, "Monitoring"),
    (Detection.CUSTOMER.value, "A customer said so"),
    (Detection.SUPPORT_TICKET.value, "A support ticket"),
    (Detection.SOCIAL_MEDIA.value, "Social media"),
)


async def ask(call: Call) -> web.Response:
    """Show the form that declares by hand, or of the page in the address."""
    page = await _page_of(call)
    return _screen(call, Typed(fields=_fields(call, page), zone=call.zone), page)


async def declare(call: Call) -> web.Response:
    """Declare it, or open it as a suspicion."""
    page = await _page_of(call)
    typed = Typed(fields=_fields(call, page), said=dict(call.fields), zone=call.zone)
    by, key, of = call.person, dict(call.fields).get("key"), page.page.id if page is not None else ""

    async def act(work: Work) -> Said:
        typed.check()
        return await gathering.declare(work, by, VIA, _declaration(typed, of))

    try:
        said = await call.act(lambda work: once(work, by, "declare", key, act))
    except (Conflict, NotAllowed, NotFound) as error:
        return _screen(call, typed, page, wrong=str(error), unmet=unmet_of(error), status=409)
    done = "suspected" if said.incident.status is IncidentStatus.TRIAGE else "declared"
    return sent_back(call, done, f"i/{said.incident.number}")


async def ask_to_confirm(call: Call) -> web.Response:
    """Show the form that declares what was suspected."""
    seen = await seen_of(call)
    if seen.incident.status is not IncidentStatus.TRIAGE:
        raise Failure(409, f"Incident {seen.incident.number} is {seen.incident.status}: it is declared already.")
    line = incident_line(seen.incident, seen.plan, call.person, seen.zone, seen.now)
    return _drawn(call, Typed(fields=_severity_fields(seen.plan), zone=call.zone), line=line)


async def confirm(call: Call) -> web.Response:
    """Declare what was suspected."""
    seen = await seen_of(call)
    typed = Typed(fields=_severity_fields(seen.plan), said=dict(call.fields), zone=call.zone)

    async def act(work: Work, number: int, by: str, via: str) -> Said:
        typed.check()
        return await commands.confirm(work, number, by, via, typed.text_or_none("severity"), _sheet(typed))

    try:
        await do_once(call, "confirm", act)
    except (Conflict, NotAllowed) as error:
        line = incident_line(seen.incident, seen.plan, call.person, seen.zone, seen.now)
        return _drawn(call, typed, line=line, wrong=str(error), unmet=unmet_of(error), status=409)
    return sent_back(call, "declared")


async def _page_of(call: Call) -> PageStory | None:
    """Return the page that the address names, if it names one. Raises NotFound."""
    name = call.parts.get("page")
    if name is None:
        return None
    wanted = name

    async def find(c: Connection) -> PageStory:
        return await queries.page_story(c, wanted)

    return await call.services.engine.read(find)


def _severity_fields(plan: Plan) -> tuple[Field, ...]:
    ranked = sorted(plan.severities.values(), key=lambda one: one.rank)
    known = [
        (one.id, one_line(f"{one.id}: {one.incident.definition or one.name}", 120))
        for one in ranked
        if one.incident.is_incident
    ]
    return (
        *(choice(name, question, _OPTIONS, value="unknown") for name, question in QUESTIONS.items()),
        choice(
            "severity",
            "Severity",
            [("", "as the answers propose"), *known],
            hint="Two yes, or a risk: the worst. One yes, or a doubt: the second. Three no: the third.",
        ),
    )


def _fields(call: Call, story: PageStory | None) -> tuple[Field, ...]:
    plan, page = call.services.engine.plan, story.page if story is not None else None
    now = call.services.engine.clock.now()
    clock = f"Your clock, {zoned_time(now, call.zone, now)} now. Empty: nobody knows yet."
    return (
        Field(
            name="title",
            label="First line: what is broken, and where",
            value=_title(page),
            is_needed=True,
            signs_max=TITLE_MAX,
            hint="Everybody reads it. Such as: more errors on the payments API (prod).",
        ),
        *_severity_fields(plan),
        *(_owner_fields(plan) if page is None else ()),
        Field(name="impact", label="Who is hit, and how", hint="Such as: a fifth of all payments fail."),
        Field(name="since", label="Since when customers feel it", kind="time", hint=clock),
        choice("found", "How it was found", HOW_FOUND, value=Detection.MONITORING.value if page is not None else ""),
        *(
            Field(
                name=f"trigger_{name}",
                label=f"{words[:1].upper()}{words[1:]}",
                kind="check",
                heading="Why: any of these is enough" if not at else "",
            )
            for at, (name, words) in enumerate(TRIGGERS.items())
        ),
        Field(
            name="suspected",
            label="It is not sure yet: tell nobody, and ask me again in 5 minutes",
            kind="check",
            heading="Quieter",
        ),
        Field(name="drill", label="This is a drill: it pages, and counts nowhere", kind="check"),
    )


def _owner_fields(plan: Plan) -> tuple[Field, ...]:
    teams = [(team.id, team.name) for team in plan.teams.values()]
    first = teams[0][0] if len(teams) == 1 else ""
    return (
        choice("team", "Whose it is", [("", "choose a team"), *teams], is_needed=True, value=first),
        Field(name="service", label="Service, if it is one", signs_max=100),
    )


def _title(page: Page | None) -> str:
    return one_line(page.subject.title, TITLE_MAX) if page is not None else ""


def _sheet(typed: Typed) -> CheatSheet | None:
    core_blocked, at_risk, growing = (_ANSWERS[typed.text(name)] for name in QUESTIONS)
    sheet = CheatSheet(core_blocked=core_blocked, at_risk=at_risk, growing=growing)
    return sheet if sheet.is_answered else None


def _declaration(typed: Typed, page: str) -> Declaration:
    found = typed.text("found")
    return Declaration(
        title=typed.text("title"),
        team=typed.text("team"),
        service=typed.text("service"),
        severity=typed.text("severity"),
        impact=one_line(typed.text("impact")),
        page=page,
        detection=Detection(found) if found else None,
        triggers=tuple(name for name in TRIGGERS if typed.is_checked(f"trigger_{name}")),
        cheat_sheet=_sheet(typed),
        suspected=typed.is_checked("suspected"),
        mode=Mode.DRILL if typed.is_checked("drill") else Mode.LIVE,
        impact_started_at=typed.time("since"),
    )


def _screen(
    call: Call,
    typed: Typed,
    story: PageStory | None,
    *,
    wrong: str = "",
    unmet: Sequence[Unmet] = (),
    status: int = 200,
) -> web.Response:
    return _drawn(
        call,
        typed,
        back=f"me/pages/{story.page.id}" if story is not None else "incidents",
        wrong=wrong,
        unmet=unmet,
        status=status,
    )


def _drawn(
    call: Call,
    typed: Typed,
    *,
    line: IncidentLine | None = None,
    back: str = "",
    wrong: str = "",
    unmet: Sequence[Unmet] = (),
    status: int = 200,
) -> web.Response:
    html = draw(
        "incident_form.html",
        title="Declare an incident",
        says="From then on it is loud: roles are asked for, the first update is posted, and the next one is promised.",
        button="Declare it",
        fields=typed.shown(),
        back=f"i/{line.number}" if line is not None else back,
        line=line,
        due=None,
        root=to_root(call),
        banner=banner_of(call),
        wrong=wrong,
        unmet=unmet,
        **locks_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)

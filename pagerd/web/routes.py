"""Every route there is, with what it asks for. A path that is not in this table answers 404 and nothing else."""

from dataclasses import replace
from http import HTTPMethod

from pagerd.engine.boundaries import Boundary
from pagerd.web import feeds as calendar_feeds
from pagerd.web import (
    incident_checklist,
    incident_declaring,
    incident_pages,
    incident_postmortem,
    incident_public,
    incident_resolving,
    me,
    openapi,
    provider,
    signin,
    site,
    sop,
    swap_routes,
)
from pagerd.web import pages as link_pages
from pagerd.web.api import (
    actions,
    changes,
    comp,
    config,
    daemon,
    digests,
    drills,
    explain,
    feeds,
    gathering,
    handoffs,
    incident_report,
    incidents,
    keeping,
    ladder,
    messages,
    nights,
    oncall,
    pages,
    people,
    postmortems,
    public,
    reports,
    rest,
    sessions,
    shares,
    shifts,
    silences,
    tickets,
    tokens,
    triage,
)
from pagerd.web.auth import Scope
from pagerd.web.hooks import Intake, to_path
from pagerd.web.pages import Links
from pagerd.web.route import Route

GET, POST, DELETE = HTTPMethod.GET.value, HTTPMethod.POST.value, HTTPMethod.DELETE.value

SOURCES = (
    "/api/v1/alertmanager/{source}",
    "/api/v1/prometheus/{source}/api/v2/alerts",
    "/api/v1/grafana/{source}",
    "/api/v1/alerts/{source}",
    "/api/v1/heartbeat/{source}",
    "/api/v1/changes/{source}",
)
"""Where sources post to, each kind to a path of its own; of Prometheus' the last three words are its own."""


REPORTS, NIGHTS = "/api/v1/reports", "/api/v1/nights"


def all_routes(intake: Intake, links: Links) -> tuple[Route, ...]:
    """Return the table; `intake` and `links` are what their routes remember."""
    routes = (
        *(Route(POST, path, Scope.INGEST, to_path(intake, path), answered=Boundary.ALERT_ANSWERED) for path in SOURCES),
        *_of_providers(),
        Route(GET, "/p/{token}", Scope.LINK, links.show, link_pages.refusal),
        Route(POST, "/p/{token}", Scope.LINK, links.act, link_pages.refusal, answered=Boundary.REPLY_ANSWERED),
        *swap_routes.behind_links(links),
        *_of_people(),
        *swap_routes.of_people(),
        *_of_incident_pages(),
        Route(GET, "/static/style.css", Scope.OPEN, link_pages.style),
        Route(GET, "/robots.txt", Scope.OPEN, daemon.robots),
        Route(GET, "/-/healthy", Scope.OPEN, daemon.healthy),
        Route(GET, "/-/ready", Scope.OPEN, daemon.ready),
        Route(GET, "/metrics", Scope.METRICS, daemon.Scrape().show),
        Route(POST, "/-/reload", Scope.ADMIN, daemon.reload),
        Route(GET, "/api/v1/status", Scope.READ, daemon.status),
        Route(GET, "/api/v1/config", Scope.READ, config.show),
        Route(POST, "/api/v1/doctor", Scope.ADMIN, daemon.examine),
        Route(GET, "/api/v1/quarantine", Scope.READ, daemon.quarantine),
        Route(GET, "/api/v1/pages", Scope.READ, pages.list_pages),
        Route(POST, "/api/v1/pages", Scope.ACK, pages.raise_page),
        Route(GET, "/api/v1/pages/{page}", Scope.READ, pages.show_page),
        Route(GET, "/api/v1/pages/{page}/explain", Scope.READ, explain.explain_page),
        Route(POST, "/api/v1/explain", Scope.READ, explain.explain),
        Route(POST, "/api/v1/pages/{page}/ack", Scope.ACK, pages.acknowledge, answered=Boundary.REPLY_ANSWERED),
        Route(POST, "/api/v1/pages/{page}/resolve", Scope.ACK, pages.resolve),
        Route(POST, "/api/v1/pages/{page}/snooze", Scope.ACK, pages.snooze),
        Route(POST, "/api/v1/pages/{page}/undo", Scope.ACK, pages.undo),
        Route(POST, "/api/v1/pages/{page}/escalate", Scope.ACK, pages.escalate),
        Route(POST, "/api/v1/pages/{page}/reassign", Scope.ACK, pages.reassign),
        Route(POST, "/api/v1/pages/{page}/add", Scope.ACK, pages.add),
        Route(POST, "/api/v1/pages/{page}/note", Scope.ACK, pages.note),
        *_of_tickets(),
        Route(GET, "/api/v1/digests/{team}", Scope.READ, digests.preview),
        Route(GET, "/api/v1/silences", Scope.READ, silences.list_silences),
        Route(POST, "/api/v1/silences/preview", Scope.READ, silences.preview, counted_as="/api/v1/silences"),
        Route(POST, "/api/v1/silences", Scope.ACK, silences.create),
        Route(DELETE, "/api/v1/silences/{silence}", Scope.ACK, silences.end, counted_as="/api/v1/silences"),
        Route(GET, "/api/v1/oncall", Scope.READ, oncall.on_call),
        Route(GET, "/api/v1/oncall/{name}", Scope.READ, oncall.on_call, counted_as="/api/v1/oncall"),
        *_of_shifts(),
        Route(GET, "/api/v1/handoffs/{schedule}", Scope.READ, handoffs.show_handoff, counted_as="/api/v1/oncall"),
        Route(POST, "/api/v1/handoffs/{schedule}/notes", Scope.ACK, handoffs.write_note, counted_as="/api/v1/oncall"),
        *_of_overrides(),
        *swap_routes.of_swaps(),
        Route(GET, "/api/v1/tokens", Scope.READ, tokens.list_tokens),
        Route(POST, "/api/v1/tokens", Scope.ACK, tokens.create),
        Route(DELETE, "/api/v1/tokens/{token}", Scope.ACK, tokens.revoke, counted_as="/api/v1/tokens"),
        *_of_feeds(),
        Route(GET, "/api/v1/sessions", Scope.READ, sessions.list_sessions),
        Route(DELETE, "/api/v1/sessions/{session}", Scope.ACK, sessions.end, counted_as="/api/v1/sessions"),
        Route(POST, "/api/v1/people/{person}/sign-out", Scope.ACK, sessions.end_all),
        Route(GET, "/api/v1/audit", Scope.READ, keeping.verify),
        Route(GET, "/api/v1/audit/anchors/{hash}", Scope.READ, keeping.anchor),
        Route(POST, "/api/v1/people/{person}/test", Scope.ACK, people.send_test_page),
        Route(POST, "/api/v1/tests/confirm", Scope.ACK, people.confirm, counted_as="/api/v1/tests/{test}"),
        Route(GET, "/api/v1/tests/{test}", Scope.READ, people.show_test_page),
        Route(POST, "/api/v1/people/{person}/erase", Scope.ADMIN, keeping.erase),
        Route(GET, "/api/v1/changes", Scope.READ, changes.list_changes),
        Route(POST, "/api/v1/changes", Scope.ACK, changes.post_change),
        *_of_incidents(),
        *_of_messages(),
        *_of_actions(),
        *_of_customers(),
        *_of_the_ledger(),
    )
    # It describes the others; nothing that it says is secret.
    return (*routes, Route(GET, openapi.PATH, Scope.OPEN, openapi.served(routes)))


def _of_feeds() -> tuple[Route, ...]:
    """Return the routes of calendars that people subscribe to."""
    return (
        Route(GET, "/api/v1/feeds", Scope.READ, feeds.list_feeds, counted_as="/api/v1/tokens"),
        Route(POST, "/api/v1/feeds", Scope.ACK, feeds.add, counted_as="/api/v1/tokens"),
        Route(DELETE, "/api/v1/feeds/{feed}", Scope.ACK, feeds.remove, counted_as="/api/v1/tokens"),
        Route(GET, "/feeds/{token}", Scope.FEED, calendar_feeds.show, calendar_feeds.refusal, counted_as="/p/{token}"),
    )


def _of_shifts() -> tuple[Route, ...]:
    """Return the routes of who is on call from when until when."""
    schedule, person = "/api/v1/schedules/{schedule}/shifts", "/api/v1/people/{person}/shifts"
    routes = (
        Route(GET, schedule, Scope.READ, shifts.of_schedule),
        Route(GET, f"{schedule}.ics", Scope.READ, shifts.calendar_of_schedule),
        Route(GET, f"{schedule}.svg", Scope.READ, shifts.picture_of_schedule),
        Route(GET, person, Scope.READ, shifts.of_person),
        Route(GET, f"{person}.ics", Scope.READ, shifts.calendar_of_person),
    )
    return tuple(replace(route, counted_as="/api/v1/oncall") for route in routes)


def _of_tickets() -> tuple[Route, ...]:
    """Return the routes of work that can wait."""
    return (
        Route(GET, "/api/v1/tickets", Scope.READ, tickets.list_tickets),
        Route(POST, "/api/v1/tickets", Scope.ACK, tickets.open_ticket, counted_as="/api/v1/tickets/{ticket}/{act}"),
        Route(GET, "/api/v1/tickets/{ticket}", Scope.READ, tickets.show_ticket),
        Route(POST, "/api/v1/tickets/{ticket}/take", Scope.ACK, tickets.take),
        Route(POST, "/api/v1/tickets/{ticket}/close", Scope.ACK, tickets.close),
        Route(POST, "/api/v1/tickets/{ticket}/reopen", Scope.ACK, tickets.reopen),
        Route(POST, "/api/v1/tickets/{ticket}/note", Scope.ACK, tickets.note),
    )


def _of_providers() -> tuple[Route, ...]:
    """Return the routes of what providers report, and of what people text or press."""
    return (
        Route(POST, "/api/v1/provider/sms", Scope.SIGNATURE, provider.inbound, answered=Boundary.REPLY_ANSWERED),
        Route(
            POST, "/api/v1/provider/{notification}", Scope.SIGNATURE, provider.status, answered=Boundary.REPORT_ANSWERED
        ),
        Route(
            POST,
            "/api/v1/provider/{notification}/status",
            Scope.SIGNATURE,
            provider.status,
            answered=Boundary.REPORT_ANSWERED,
        ),
        Route(
            POST, "/api/v1/provider/{notification}/key", Scope.SIGNATURE, provider.key, answered=Boundary.REPLY_ANSWERED
        ),
    )


def _of_people() -> tuple[Route, ...]:
    """Return the pages on which people sign in, and those for whoever is signed in."""
    here, below, deep = me.refusing("", "me"), me.refusing("../", "me"), me.refusing("../../", "me")
    outside, waiting = me.refusing("", "sign-in"), me.refusing("../", "sign-in")
    return (
        Route(GET, "/", Scope.SESSION, me.show, here),
        Route(GET, "/sign-in", Scope.SIGN_IN, signin.ask, outside),
        Route(POST, "/sign-in", Scope.SIGN_IN, signin.send, outside),
        Route(GET, "/sign-in/code", Scope.SIGN_IN, signin.code, waiting),
        Route(POST, "/sign-in/code", Scope.SIGN_IN, signin.enter, waiting),
        Route(GET, "/me", Scope.SESSION, me.show, here),
        Route(POST, "/me/sessions", Scope.SESSION, me.sign_out, below),
        Route(POST, "/me/contacts", Scope.SESSION, me.confirm_contact, below),
        Route(GET, "/me/pages/{page}", Scope.SESSION, me.show_page, deep),
        Route(POST, "/me/pages/{page}", Scope.SESSION, me.act_on_page, deep, answered=Boundary.REPLY_ANSWERED),
        Route(POST, "/me/nights/{night}", Scope.SESSION, me.act_on_night, deep),
        Route(POST, "/me/tickets/{ticket}", Scope.SESSION, me.act_on_ticket, deep),
        Route(POST, "/me/handoffs/{schedule}", Scope.SESSION, me.leave_note, deep),
    )


def _of_incident_pages() -> tuple[Route, ...]:
    """Return the pages of incidents, for whoever is signed in."""
    top, one, form = me.refusing("", "incidents"), me.refusing("../", "incidents"), me.refusing("../../", "incidents")
    of_page = me.refusing("../../../", "me")
    return (
        Route(GET, "/sop", Scope.SESSION, sop.show, top),
        Route(GET, "/incidents", Scope.SESSION, incident_pages.show_list, top),
        Route(GET, "/declare", Scope.SESSION, incident_declaring.ask, top),
        Route(POST, "/declare", Scope.SESSION, incident_declaring.declare, top),
        Route(GET, "/me/pages/{page}/declare", Scope.SESSION, incident_declaring.ask, of_page),
        Route(POST, "/me/pages/{page}/declare", Scope.SESSION, incident_declaring.declare, of_page),
        Route(GET, "/i/{incident}", Scope.SESSION, incident_pages.show, one),
        Route(POST, "/i/{incident}", Scope.SESSION, incident_pages.press, one),
        Route(GET, "/i/{incident}/declare", Scope.SESSION, incident_declaring.ask_to_confirm, form),
        Route(POST, "/i/{incident}/declare", Scope.SESSION, incident_declaring.confirm, form),
        Route(GET, "/i/{incident}/resolve", Scope.SESSION, incident_resolving.ask, form),
        Route(POST, "/i/{incident}/resolve", Scope.SESSION, incident_resolving.act, form),
        Route(GET, "/i/{incident}/checklist", Scope.SESSION, incident_checklist.show, form),
        Route(POST, "/i/{incident}/checklist", Scope.SESSION, incident_checklist.act, form),
        Route(GET, "/i/{incident}/postmortem", Scope.SESSION, incident_postmortem.show, form),
        Route(POST, "/i/{incident}/postmortem", Scope.SESSION, incident_postmortem.act, form),
        Route(GET, "/i/{incident}/public", Scope.SESSION, incident_public.show, form),
        Route(POST, "/i/{incident}/public", Scope.SESSION, incident_public.act, form),
        Route(GET, "/i/{incident}/{form}", Scope.SESSION, incident_pages.ask, form),
        Route(POST, "/i/{incident}/{form}", Scope.SESSION, incident_pages.send, form),
    )


def _of_incidents() -> tuple[Route, ...]:
    """Return the routes of incidents and their roles."""
    one = "/api/v1/incidents/{incident}"
    routes = (
        Route(GET, "/api/v1/drills", Scope.READ, drills.list_drills),
        Route(POST, "/api/v1/drills", Scope.ACK, drills.start_drill),
        Route(GET, "/api/v1/drills/{incident}", Scope.READ, drills.score_drill),
        Route(GET, "/api/v1/ladder", Scope.READ, ladder.show_ladder),
        Route(GET, "/api/v1/severities", Scope.READ, incidents.list_severities),
        Route(GET, "/api/v1/sop", Scope.READ, incidents.show_sop),
        Route(GET, "/api/v1/incidents", Scope.READ, incidents.list_incidents),
        Route(POST, "/api/v1/incidents", Scope.ACK, incidents.declare),
        Route(GET, one, Scope.READ, incidents.show_incident),
        Route(POST, f"{one}/confirm", Scope.ACK, incidents.confirm),
        Route(POST, f"{one}/severity", Scope.ACK, incidents.set_severity),
        Route(POST, f"{one}/notes", Scope.ACK, incidents.add_note),
        Route(POST, f"{one}/updates", Scope.ACK, incidents.post_update),
        Route(POST, f"{one}/mitigations", Scope.ACK, incidents.mitigate),
        Route(POST, f"{one}/mitigations/{{mitigation}}", Scope.ACK, incidents.end_mitigation),
        Route(POST, f"{one}/monitor", Scope.ACK, incidents.monitor),
        Route(POST, f"{one}/investigate", Scope.ACK, incidents.investigate),
        Route(POST, f"{one}/criteria", Scope.ACK, incidents.read_criterion),
        Route(POST, f"{one}/resolve", Scope.ACK, incidents.resolve),
        Route(POST, f"{one}/countersign", Scope.ACK, incidents.countersign),
        Route(POST, f"{one}/reopen", Scope.ACK, incidents.reopen),
        Route(POST, f"{one}/cancel", Scope.ACK, incidents.cancel),
        Route(POST, f"{one}/merge", Scope.ACK, incidents.merge),
        Route(POST, f"{one}/pages", Scope.ACK, incidents.link_page),
        Route(POST, f"{one}/help", Scope.ACK, incidents.ask_for_help),
        Route(POST, f"{one}/close", Scope.ACK, postmortems.close),
        Route(GET, "/api/v1/postmortems", Scope.READ, postmortems.list_postmortems),
        Route(GET, f"{one}/postmortem", Scope.READ, postmortems.show_postmortem),
        Route(POST, f"{one}/postmortem", Scope.ACK, postmortems.write),
        Route(POST, f"{one}/postmortem/draft", Scope.ACK, postmortems.draft),
        Route(POST, f"{one}/postmortem/refresh", Scope.ACK, postmortems.refresh),
        Route(POST, f"{one}/postmortem/submit", Scope.ACK, postmortems.submit),
        Route(POST, f"{one}/postmortem/return", Scope.ACK, postmortems.send_back),
        Route(POST, f"{one}/postmortem/accept", Scope.ACK, postmortems.accept),
        Route(POST, f"{one}/postmortem/waive", Scope.ACK, postmortems.waive),
        Route(POST, f"{one}/roles/{{role}}/take", Scope.ACK, incidents.take_role),
        Route(POST, f"{one}/roles/{{role}}/request", Scope.ACK, incidents.request_role),
        Route(POST, f"{one}/roles/{{role}}/handoff", Scope.ACK, incidents.hand_role_over),
        Route(POST, f"{one}/roles/{{role}}/release", Scope.ACK, incidents.release_role),
        Route(GET, f"{one}/checklists", Scope.READ, triage.show_checklists),
        Route(POST, f"{one}/checklists/{{step}}", Scope.ACK, triage.mark_step),
        Route(POST, f"{one}/hypotheses", Scope.ACK, triage.state_hypothesis),
        Route(POST, f"{one}/hypotheses/{{hypothesis}}", Scope.ACK, triage.judge_hypothesis),
        Route(POST, f"{one}/room", Scope.ACK, gathering.set_room),
        Route(POST, f"{one}/all-hands", Scope.ACK, gathering.call_all_hands),
        Route(POST, f"{one}/follow", Scope.ACK, gathering.follow),
        Route(POST, f"{one}/unfollow", Scope.ACK, gathering.unfollow),
        Route(POST, f"{one}/questions", Scope.ACK, gathering.ask),
        Route(POST, f"{one}/questions/{{question}}", Scope.ACK, gathering.reply),
    )
    return tuple(replace(route, counted_as="/api/v1/incidents") for route in routes)


def _of_messages() -> tuple[Route, ...]:
    """Return the routes of what is told of incidents, and of those who hear it."""
    told = "/api/v1/incidents/{incident}/messages"
    routes = (
        Route(GET, told, Scope.READ, messages.list_messages),
        Route(GET, f"{told}/{{kind}}", Scope.READ, messages.preview_message),
        Route(GET, "/api/v1/receivers", Scope.READ, messages.list_receivers),
        Route(GET, "/api/v1/receivers/{receiver}", Scope.READ, messages.show_receiver),
        Route(POST, "/api/v1/receivers/{receiver}/test", Scope.ACK, messages.test_receiver),
    )
    return tuple(replace(route, counted_as="/api/v1/incidents") for route in routes)


def _of_actions() -> tuple[Route, ...]:
    """Return the routes of action items."""
    one = "/api/v1/actions/{action}"
    routes = (
        Route(POST, "/api/v1/incidents/{incident}/actions", Scope.ACK, actions.add_action),
        Route(GET, "/api/v1/actions", Scope.READ, actions.list_actions),
        Route(GET, one, Scope.READ, actions.show_action),
        Route(POST, one, Scope.ACK, actions.change_action),
        Route(POST, f"{one}/start", Scope.ACK, actions.start_action),
        Route(POST, f"{one}/done", Scope.ACK, actions.finish_action),
        Route(POST, f"{one}/verify", Scope.ACK, actions.verify_action),
        Route(POST, f"{one}/drop", Scope.ACK, actions.drop_action),
        Route(POST, f"{one}/reopen", Scope.ACK, actions.reopen_action),
    )
    return tuple(replace(route, counted_as="/api/v1/incidents") for route in routes)


def _of_customers() -> tuple[Route, ...]:
    """Return the routes of what customers are told, and what they read themselves."""
    one = "/api/v1/incidents/{incident}/public"
    routes = (
        Route(GET, "/api/v1/public", Scope.READ, public.list_public),
        Route(POST, "/api/v1/public/components/{component}", Scope.ACK, public.set_component),
        Route(GET, one, Scope.READ, public.show_public),
        Route(POST, one, Scope.ACK, public.draft),
        Route(POST, f"{one}/{{draft}}/approve", Scope.ACK, public.approve),
        Route(POST, f"{one}/{{draft}}/reject", Scope.ACK, public.reject),
        Route(GET, "/status", Scope.OPEN, site.to_index, site.refusal),
        Route(GET, "/status/", Scope.OPEN, site.index, site.refusal),
        Route(GET, "/status/{file}", Scope.OPEN, site.file, site.refusal),
    )
    return tuple(
        replace(route, counted_as="/status" if route.scope is Scope.OPEN else "/api/v1/incidents") for route in routes
    )


def _of_overrides() -> tuple[Route, ...]:
    """Return the routes about overrides."""
    routes = (
        Route(GET, "/api/v1/overrides", Scope.READ, oncall.list_overrides),
        Route(POST, "/api/v1/overrides/preview", Scope.READ, oncall.preview),
        Route(POST, "/api/v1/overrides", Scope.ACK, oncall.create),
        Route(DELETE, "/api/v1/overrides/{override}", Scope.ACK, oncall.end),
    )
    return tuple(replace(route, counted_as="/api/v1/overrides") for route in routes)


def _of_the_ledger() -> tuple[Route, ...]:
    """Return the routes about nights, what they earn, and what on-call costs."""
    return (
        Route(GET, "/api/v1/nights", Scope.READ, nights.list_nights, counted_as=NIGHTS),
        Route(GET, "/api/v1/nights/{night}", Scope.READ, nights.show_night, counted_as=NIGHTS),
        Route(POST, "/api/v1/nights/{night}/worked", Scope.ACK, nights.say_worked, counted_as=NIGHTS),
        Route(POST, "/api/v1/nights/{night}/dispute", Scope.ACK, nights.dispute, counted_as=NIGHTS),
        Route(POST, "/api/v1/nights/{night}/settle", Scope.ACK, nights.settle, counted_as=NIGHTS),
        Route(GET, "/api/v1/rest", Scope.READ, rest.list_rest, counted_as=NIGHTS),
        Route(POST, "/api/v1/rest/{night}/approve", Scope.ACK, rest.approve, counted_as=NIGHTS),
        Route(POST, "/api/v1/rest/{night}/decline", Scope.ACK, rest.decline, counted_as=NIGHTS),
        Route(POST, "/api/v1/rest/{night}/withdraw", Scope.ACK, rest.withdraw, counted_as=NIGHTS),
        Route(GET, "/api/v1/reports/nights", Scope.READ, reports.nights, counted_as=REPORTS),
        Route(GET, "/api/v1/reports/load", Scope.READ, reports.load, counted_as=REPORTS),
        Route(GET, "/api/v1/reports/comp", Scope.READ, comp.comp, counted_as=REPORTS),
        Route(GET, "/api/v1/reports/incidents", Scope.READ, incident_report.incidents, counted_as=REPORTS),
        Route(GET, "/api/v1/reports/observe", Scope.READ, reports.observe, counted_as=REPORTS),
        Route(GET, "/api/v1/reports/shares", Scope.READ, shares.shares, counted_as=REPORTS),
    )

import re

import pytest

from pagerd.web.auth import Scope
from pagerd.web.hooks import Intake
from pagerd.web.pages import Links
from pagerd.web.routes import all_routes
from pagerd.web.services import ReloadResult
from tests.web.front import a_front

ROUTES = all_routes(Intake(), Links())

OF_PEOPLE = (Scope.READ, Scope.ACK, Scope.ADMIN)

HEADERS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "X-Robots-Tag",
    "Cross-Origin-Resource-Policy",
    "Strict-Transport-Security",
    "Cache-Control",
}

# What each route asks for, once more: a change of the table must be meant.
EXPECTED = """
POST /api/v1/alertmanager/{source} ingest
POST /api/v1/prometheus/{source}/api/v2/alerts ingest
POST /api/v1/grafana/{source} ingest
POST /api/v1/alerts/{source} ingest
POST /api/v1/heartbeat/{source} ingest
POST /api/v1/changes/{source} ingest
POST /api/v1/provider/sms signature
POST /api/v1/provider/{notification} signature
POST /api/v1/provider/{notification}/status signature
POST /api/v1/provider/{notification}/key signature
GET /p/{token} link
POST /p/{token} link
GET /x/{token} swap_link
POST /x/{token} swap_link
GET / session
GET /sign-in sign_in
POST /sign-in sign_in
GET /sign-in/code sign_in
POST /sign-in/code sign_in
GET /me session
POST /me/sessions session
POST /me/contacts session
GET /me/pages/{page} session
POST /me/pages/{page} session
POST /me/nights/{night} session
POST /me/tickets/{ticket} session
POST /me/handoffs/{schedule} session
GET /me/swaps session
POST /me/swaps session
POST /me/swaps/{swap} session
GET /sop session
GET /incidents session
GET /declare session
POST /declare session
GET /me/pages/{page}/declare session
POST /me/pages/{page}/declare session
GET /i/{incident} session
POST /i/{incident} session
GET /i/{incident}/declare session
POST /i/{incident}/declare session
GET /i/{incident}/resolve session
POST /i/{incident}/resolve session
GET /i/{incident}/checklist session
POST /i/{incident}/checklist session
GET /i/{incident}/postmortem session
POST /i/{incident}/postmortem session
GET /i/{incident}/public session
POST /i/{incident}/public session
GET /i/{incident}/{form} session
POST /i/{incident}/{form} session
GET /static/style.css open
GET /robots.txt open
GET /-/healthy open
GET /-/ready open
GET /metrics metrics
POST /-/reload admin
GET /api/v1/status read
GET /api/v1/config read
POST /api/v1/doctor admin
GET /api/v1/quarantine read
GET /api/v1/pages read
POST /api/v1/pages ack
GET /api/v1/pages/{page} read
GET /api/v1/pages/{page}/explain read
POST /api/v1/explain read
POST /api/v1/pages/{page}/ack ack
POST /api/v1/pages/{page}/resolve ack
POST /api/v1/pages/{page}/snooze ack
POST /api/v1/pages/{page}/undo ack
POST /api/v1/pages/{page}/escalate ack
POST /api/v1/pages/{page}/reassign ack
POST /api/v1/pages/{page}/add ack
POST /api/v1/pages/{page}/note ack
GET /api/v1/tickets read
POST /api/v1/tickets ack
GET /api/v1/tickets/{ticket} read
POST /api/v1/tickets/{ticket}/take ack
POST /api/v1/tickets/{ticket}/close ack
POST /api/v1/tickets/{ticket}/reopen ack
POST /api/v1/tickets/{ticket}/note ack
GET /api/v1/digests/{team} read
GET /api/v1/silences read
POST /api/v1/silences/preview read
POST /api/v1/silences ack
DELETE /api/v1/silences/{silence} ack
GET /api/v1/oncall read
GET /api/v1/oncall/{name} read
GET /api/v1/schedules/{schedule}/shifts read
GET /api/v1/schedules/{schedule}/shifts.ics read
GET /api/v1/schedules/{schedule}/shifts.svg read
GET /api/v1/people/{person}/shifts read
GET /api/v1/people/{person}/shifts.ics read
GET /api/v1/handoffs/{schedule} read
POST /api/v1/handoffs/{schedule}/notes ack
GET /api/v1/overrides read
POST /api/v1/overrides/preview read
POST /api/v1/overrides ack
DELETE /api/v1/overrides/{override} ack
GET /api/v1/swaps read
POST /api/v1/swaps/preview read
POST /api/v1/swaps ack
POST /api/v1/swaps/{swap}/accept ack
POST /api/v1/swaps/{swap}/refuse ack
POST /api/v1/swaps/{swap}/withdraw ack
GET /api/v1/tokens read
POST /api/v1/tokens ack
DELETE /api/v1/tokens/{token} ack
GET /api/v1/feeds read
POST /api/v1/feeds ack
DELETE /api/v1/feeds/{feed} ack
GET /feeds/{token} feed
GET /api/v1/sessions read
DELETE /api/v1/sessions/{session} ack
POST /api/v1/people/{person}/sign-out ack
GET /api/v1/audit read
GET /api/v1/audit/anchors/{hash} read
POST /api/v1/people/{person}/test ack
POST /api/v1/tests/confirm ack
GET /api/v1/tests/{test} read
POST /api/v1/people/{person}/erase admin
GET /api/v1/changes read
POST /api/v1/changes ack
GET /api/v1/drills read
POST /api/v1/drills ack
GET /api/v1/drills/{incident} read
GET /api/v1/ladder read
GET /api/v1/severities read
GET /api/v1/sop read
GET /api/v1/incidents read
POST /api/v1/incidents ack
GET /api/v1/incidents/{incident} read
POST /api/v1/incidents/{incident}/confirm ack
POST /api/v1/incidents/{incident}/severity ack
POST /api/v1/incidents/{incident}/notes ack
POST /api/v1/incidents/{incident}/updates ack
POST /api/v1/incidents/{incident}/mitigations ack
POST /api/v1/incidents/{incident}/mitigations/{mitigation} ack
POST /api/v1/incidents/{incident}/monitor ack
POST /api/v1/incidents/{incident}/investigate ack
POST /api/v1/incidents/{incident}/criteria ack
POST /api/v1/incidents/{incident}/resolve ack
POST /api/v1/incidents/{incident}/countersign ack
POST /api/v1/incidents/{incident}/reopen ack
POST /api/v1/incidents/{incident}/cancel ack
POST /api/v1/incidents/{incident}/merge ack
POST /api/v1/incidents/{incident}/pages ack
POST /api/v1/incidents/{incident}/help ack
POST /api/v1/incidents/{incident}/close ack
GET /api/v1/postmortems read
GET /api/v1/incidents/{incident}/postmortem read
POST /api/v1/incidents/{incident}/postmortem ack
POST /api/v1/incidents/{incident}/postmortem/draft ack
POST /api/v1/incidents/{incident}/postmortem/refresh ack
POST /api/v1/incidents/{incident}/postmortem/submit ack
POST /api/v1/incidents/{incident}/postmortem/return ack
POST /api/v1/incidents/{incident}/postmortem/accept ack
POST /api/v1/incidents/{incident}/postmortem/waive ack
POST /api/v1/incidents/{incident}/roles/{role}/take ack
POST /api/v1/incidents/{incident}/roles/{role}/request ack
POST /api/v1/incidents/{incident}/roles/{role}/handoff ack
POST /api/v1/incidents/{incident}/roles/{role}/release ack
GET /api/v1/incidents/{incident}/checklists read
POST /api/v1/incidents/{incident}/checklists/{step} ack
POST /api/v1/incidents/{incident}/hypotheses ack
POST /api/v1/incidents/{incident}/hypotheses/{hypothesis} ack
POST /api/v1/incidents/{incident}/room ack
POST /api/v1/incidents/{incident}/all-hands ack
POST /api/v1/incidents/{incident}/follow ack
POST /api/v1/incidents/{incident}/unfollow ack
POST /api/v1/incidents/{incident}/questions ack
POST /api/v1/incidents/{incident}/questions/{question} ack
GET /api/v1/incidents/{incident}/messages read
GET /api/v1/incidents/{incident}/messages/{kind} read
GET /api/v1/receivers read
GET /api/v1/receivers/{receiver} read
POST /api/v1/receivers/{receiver}/test ack
POST /api/v1/incidents/{incident}/actions ack
GET /api/v1/actions read
GET /api/v1/actions/{action} read
POST /api/v1/actions/{action} ack
POST /api/v1/actions/{action}/start ack
POST /api/v1/actions/{action}/done ack
POST /api/v1/actions/{action}/verify ack
POST /api/v1/actions/{action}/drop ack
POST /api/v1/actions/{action}/reopen ack
GET /api/v1/public read
POST /api/v1/public/components/{component} ack
GET /api/v1/incidents/{incident}/public read
POST /api/v1/incidents/{incident}/public ack
POST /api/v1/incidents/{incident}/public/{draft}/approve ack
POST /api/v1/incidents/{incident}/public/{draft}/reject ack
GET /status open
GET /status/ open
GET /status/{file} open
GET /api/v1/nights read
GET /api/v1/nights/{night} read
POST /api/v1/nights/{night}/worked ack
POST /api/v1/nights/{night}/dispute ack
POST /api/v1/nights/{night}/settle ack
GET /api/v1/rest read
POST /api/v1/rest/{night}/approve ack
POST /api/v1/rest/{night}/decline ack
POST /api/v1/rest/{night}/withdraw ack
GET /api/v1/reports/nights read
GET /api/v1/reports/load read
GET /api/v1/reports/comp read
GET /api/v1/reports/incidents read
GET /api/v1/reports/observe read
GET /api/v1/reports/shares read
GET /api/v1/openapi.json open
""".strip().splitlines()


def concrete(path):
    """Return a path with something in each place."""
    return re.sub(r"\{(\w+)\}", "x1", path)


def test_every_route_declares_the_scope_that_is_expected_of_it():
    """The table is what this file says it is."""
    assert [f"{route.method} {route.path} {route.scope.value}" for route in ROUTES] == EXPECTED


async def test_every_scope_has_a_guard(front):
    """A scope without a guard would be a KeyError and not a way in; there is none."""
    assert set(front.app._guards) == set(Scope)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
async def test_nothing_but_what_is_open_answers_a_stranger(front, route):
    """Without anything to show, a route says 401, 403, 404 or 503, or where to sign in, and writes nothing."""
    writes = front.store.writes
    answer = await front.ask(route.method, concrete(route.path))

    if route.scope in (Scope.OPEN, Scope.METRICS):
        # The status page is not drawn yet; whoever leaves its slash out is sent to where it will be.
        assert answer.status == {"/status": 308, "/status/": 503, "/status/{file}": 503}.get(route.path, 200)
    elif route.scope is Scope.SIGN_IN:
        # The way in: whoever has no page of it before them is sent to it, and a form from nowhere is refused.
        assert answer.status == (403 if route.method == "POST" else 303 if "code" in route.path else 200)
    else:
        hidden = dict.fromkeys((Scope.INGEST, Scope.LINK, Scope.SWAP_LINK, Scope.FEED), 404)
        assert answer.status == (hidden | {Scope.SIGNATURE: 403, Scope.SESSION: 303}).get(route.scope, 401)
    assert front.store.writes == writes


@pytest.mark.parametrize(
    "route", [one for one in ROUTES if one.scope in OF_PEOPLE], ids=lambda route: f"{route.method} {route.path}"
)
async def test_a_token_opens_what_it_holds_and_nothing_else(front, route):
    """Ack opens read too, admin opens all; refusals of 401 and 403 are alike sign by sign."""
    stranger = await front.ask(route.method, concrete(route.path))
    for at, scope in enumerate(OF_PEOPLE):
        front.reloads.append(_reloaded())
        token = await front.token("dora", scope.value)
        answer = await front.ask(route.method, concrete(route.path), token=token, data=b"{}")
        if at < OF_PEOPLE.index(route.scope):
            assert answer.status == 403
            assert answer.body == stranger.body
        else:
            assert answer.status not in (401, 403), answer.text


def _reloaded():
    return ReloadResult(ok=True, revision="test-2")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
async def test_every_answer_has_the_security_headers(front, route):
    """Answers and errors alike; nothing says which server library this is."""
    for token in (None, await front.token("dora", "admin")):
        front.reloads.append(_reloaded())
        answer = await front.ask(route.method, concrete(route.path), token=token)

        assert set(answer.headers) >= HEADERS
        assert answer.headers["Server"] == "pagerd"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/pages/", 404),
        ("GET", "/api/v1/pages/a/b/c", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", "/static/style.css/x", 404),
        ("GET", "/api/v1/pages//ack", 404),
        ("GET", "/p/", 404),
        ("GET", "/a/b/c/d/e/f/g/h/i/j/k/l", 404),
        ("PUT", "/api/v1/pages", 405),
        ("GET", "/-/reload", 405),
        ("OPTIONS", "/p/abc", 405),
        ("TRACE", "/-/healthy", 405),
        ("DELETE", "/metrics", 405),
    ],
)
async def test_what_is_not_in_the_table_is_refused(front, method, path, status):
    """No path and no method does anything that the table does not name; a 405 says what would do."""
    answer = await front.ask(method, path)

    assert answer.status == status
    assert answer.json["error"]
    assert set(answer.headers) >= HEADERS
    assert (status == 405) == ("Allow" in answer.headers)


async def test_head_is_get_without_a_body(front):
    """Probes may use HEAD."""
    answer = await front.ask("HEAD", "/-/healthy")

    assert (answer.status, answer.body) == (200, b"")


async def test_metrics_can_be_closed(tmp_path):
    """With metrics_open off, a token with `read` is needed."""
    async with a_front(tmp_path, metrics_open=False) as front:
        assert (await front.ask("GET", "/metrics")).status == 401
        assert (await front.ask("GET", "/metrics", token=await front.token("ana", "read"))).status == 200


async def test_plain_http_promises_no_https(tmp_path):
    """Without an https public URL nobody is told to insist on https."""
    async with a_front(tmp_path, public_url=None) as front:
        assert "Strict-Transport-Security" not in (await front.ask("GET", "/-/healthy")).headers


def test_acts_on_one_thing_are_one_handler_of_the_metrics():
    """Each handler costs a histogram, and how an act is called says little about how long it takes."""
    handlers = {route.path: route.handler for route in ROUTES}

    assert handlers["/api/v1/pages/{page}/ack"] == handlers["/api/v1/pages/{page}/snooze"]
    assert handlers["/api/v1/pages/{page}/ack"] == "/api/v1/pages/{page}/{act}"
    assert handlers["/api/v1/rest/{night}/approve"] == handlers["/api/v1/nights/{night}"] == "/api/v1/nights"
    assert handlers["/api/v1/incidents/{incident}/roles/{role}/take"] == handlers["/api/v1/incidents"]
    assert handlers["/api/v1/actions/{action}/verify"] == handlers["/api/v1/incidents"]
    assert handlers["/api/v1/silences/preview"] == handlers["/api/v1/silences"]
    assert handlers["/api/v1/reports/load"] == handlers["/api/v1/reports/comp"]
    for path in ("/api/v1/pages", "/api/v1/pages/{page}", "/api/v1/audit", "/api/v1/alertmanager/{source}"):
        assert handlers[path] == path

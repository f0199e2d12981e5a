"""Declaring on the web: by hand, of a page, what was suspected; the three questions propose, the person chooses."""

import pytest

from pagerd.core.incidents.incident import Detection, IncidentStatus, Mode
from tests.web.browsing import Browser, form_of
from tests.web.test_incident_pages import declared, send, story_of

BY_HAND = {
    "title": "Customers cannot log in",
    "core_blocked": "yes",
    "at_risk": "no",
    "growing": "unknown",
    "severity": "",
    "team": "payments",
    "service": "",
    "impact": "a third of all logins",
    "since": "2026-01-06T11:30",
    "found": "customer",
}


async def test_an_incident_is_declared_by_hand(front):
    """All that was answered is kept; the answers propose the severity."""
    browser = await Browser(front).signs_in("ana")
    done = await send(browser, "/declare", **BY_HAND, trigger_core_journey="yes")
    incident = (await story_of(front)).incident

    assert done.headers["Location"] == "i/1?done=declared"
    assert (incident.title, incident.team, incident.opened_by) == ("Customers cannot log in", "payments", "ana")
    assert (incident.severity, incident.proposed, incident.status) == ("sev2", "sev2", IncidentStatus.INVESTIGATING)
    assert (incident.cheat_sheet.core_blocked, incident.cheat_sheet.growing) == (True, None)
    assert (incident.detection, incident.triggers) == (Detection.CUSTOMER, ("core_journey",))
    assert f"{incident.impact_started_at:%H:%M}" == "10:30"


async def test_the_person_chooses_against_what_is_proposed(front):
    """Both are kept."""
    browser = await Browser(front).signs_in("ana")
    await send(browser, "/declare", **(BY_HAND | {"severity": "sev1"}), drill="yes")
    incident = (await story_of(front)).incident

    assert (incident.severity, incident.proposed, incident.mode) == ("sev1", "sev2", Mode.DRILL)


async def test_an_incident_is_declared_of_a_page(front):
    """Its words are filled in, its team is not asked for, and the page is theirs who declare."""
    page = await front.page()
    browser = await Browser(front).signs_in("ben")
    shown = await browser.get(f"/me/pages/{page}/declare")
    assert 'value="CheckoutErrors"' in shown.text
    assert 'name="team"' not in shown.text
    assert '<option value="monitoring" selected>' in shown.text
    fields = {name: value for name, value in BY_HAND.items() if name not in ("team", "service")}
    done = await send(browser, f"/me/pages/{page}/declare", **fields)
    again = await send(browser, f"/me/pages/{page}/declare", **fields)
    story, mine = await story_of(front), (await browser.get("/me")).text

    assert ("yours while incident 1 is open" in mine, "yours until" in mine) == (True, False)
    assert done.headers["Location"] == "../../../i/1?done=declared"
    assert [(one.id, one.acknowledgement.by) for one in story.pages if one.errand is None] == [(page, "ben")]
    assert (again.status, "is part of incident 1 already" in again.text) == (409, True)
    assert (await browser.get("/me/pages/p-none/declare")).status == 404


async def test_a_suspicion_is_declared_with_the_three_questions(front):
    """From the page behind a page's link to its declaration."""
    page = await front.page()
    suspected = await front.ask("POST", f"/p/{front.link()}", data={"action": "suspect"})
    assert suspected.status == 303
    shown = (await front.ask("GET", f"/p/{front.link()}")).text
    assert 'href="../i/1"' in shown
    browser = await Browser(front).signs_in("ana")
    assert "declare it, or cancel it" in (await browser.get("/i/1")).text
    assert 'href="../i/1/declare"' in (await browser.get("/i/1")).text
    answers = {"core_blocked": "yes", "at_risk": "yes", "growing": "no", "severity": ""}
    done = await send(browser, "/i/1/declare", **answers)
    incident = (await story_of(front)).incident

    assert done.headers["Location"] == "../../i/1?done=declared"
    assert (incident.status, incident.severity, incident.proposed) == (IncidentStatus.INVESTIGATING, "sev1", "sev1")
    assert incident.cheat_sheet.at_risk is True
    assert (await browser.get("/i/1/declare")).status == 409
    assert page in {one.id for one in (await story_of(front)).pages}


async def test_a_suspicion_without_answers_keeps_its_severity(front):
    """Nothing is proposed where nothing was answered."""
    await declared(front, suspected=True, severity="sev3")
    browser = await Browser(front).signs_in("ana")
    unknown = {"core_blocked": "unknown", "at_risk": "unknown", "growing": "unknown", "severity": ""}
    await send(browser, "/i/1/declare", **unknown)
    incident = (await story_of(front)).incident

    assert (incident.severity, incident.proposed, incident.cheat_sheet) == ("sev3", None, None)


async def test_what_is_not_sure_yet_is_a_suspicion(front):
    """Nobody is paged for it."""
    browser = await Browser(front).signs_in("ana")
    done = await send(browser, "/declare", **BY_HAND, suspected="yes")

    assert done.headers["Location"] == "i/1?done=suspected"
    assert (await story_of(front)).incident.status is IncidentStatus.TRIAGE
    assert front.sent == [one for one in front.sent if one.sign_in_code]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"title": ""}, "this is needed"),
        ({"title": "x" * 201}, "at most 200 can be kept"),
        ({"team": ""}, "this is needed"),
        ({"team": "nobody"}, "none of the choices"),
        ({"severity": "sev4"}, "none of the choices"),
        ({"growing": "perhaps"}, "none of the choices"),
        ({"since": "2026-01-06T23:00"}, "cannot be later than"),
        ({"since": "yesterday"}, "is no time"),
    ],
)
async def test_what_was_typed_stays_when_it_is_refused(front, wrong, complaint):
    """With what was checked and chosen."""
    browser = await Browser(front).signs_in("ana")
    answer = await send(browser, "/declare", **(BY_HAND | wrong), trigger_security="yes")

    assert (answer.status, complaint in answer.text) == (409, True)
    assert 'value="a third of all logins"' in answer.text
    assert 'name="trigger_security" type="checkbox" value="yes" checked' in answer.text
    assert answer.text.count("checked") == 1
    assert (await browser.get("/i/1")).status == 404


async def test_a_declaration_that_is_sent_twice_is_one(front):
    """Whoever presses twice in a hurry does not page everybody twice."""
    browser = await Browser(front).signs_in("ana")
    form = form_of(await browser.get("/declare"))
    twice = [await browser.post("/declare", {**BY_HAND, "form": form, "key": "k1"}) for _ in range(2)]

    assert [answer.headers["Location"] for answer in twice] == ["i/1?done=declared"] * 2
    assert (await browser.get("/i/2")).status == 404

"""The resolve table: each criterion with what was found of it, the watch clock, the end, and what stands against it."""

import re

import pytest

from pagerd.core.incidents.incident import IncidentStatus
from pagerd.core.incidents.severity import CRITERIA
from pagerd.engine.tick import tick
from tests.builders import minutes
from tests.web.browsing import Browser
from tests.web.test_incident_pages import declared, send, story_of


async def watched(front, **body):
    """Declare an incident, and let its impact be over; return Ana's browser."""
    await declared(front, **body)
    browser = await Browser(front).signs_in("ana")
    await send(browser, "/i/1/monitor", at="")
    return browser


async def test_the_table_has_each_criterion_and_what_is_known_of_it(front):
    """Nothing yet: then it is unknown, which is no cross."""
    browser = await watched(front)
    shown = (await browser.get("/i/1/resolve")).text

    for code, means in CRITERIA.items():
        assert f"<code>{code}</code>: unknown" in shown
        assert means[1:] in shown
    assert "✗" not in shown
    assert "1h to go" in shown


@pytest.mark.parametrize(
    ("action", "mark", "state"),
    [("attested", "✓", "attested"), ("not_applicable", "✓", "not applicable"), ("red", "✗", "red")],
)
async def test_a_person_says_what_they_found(front, action, mark, state):
    """Under their name, with their reason, which the table shows."""
    browser = await watched(front)
    said = await send(browser, "/i/1/resolve", action=action, criterion="errors", why="ten test payments went through")
    assert said.headers["Location"] == "../../i/1/resolve?done=criterion"
    shown = (await browser.get("/i/1/resolve")).text
    reading = (await story_of(front)).incident.readings["errors"]

    assert (reading.state.value, reading.by) == (action, "ana")
    assert f"{mark} Errors are at their baseline" in shown
    assert f"<code>errors</code>: {state}, by Ana" in shown
    assert "ten test payments went through" in shown


async def test_a_word_without_a_reason_is_refused_and_stays(front):
    """Attested and not applicable need one; red does not."""
    browser = await watched(front)
    refused = await send(browser, "/i/1/resolve", action="attested", criterion="errors", why=" ")
    long = await send(browser, "/i/1/resolve", action="attested", criterion="errors", why="y" * 1001)
    red = await send(browser, "/i/1/resolve", action="red", criterion="errors", why="")

    assert (refused.status, "<code>reason_missing</code>" in refused.text) == (409, True)
    assert (long.status, f'value="{"y" * 1001}"' in long.text) == (409, True)
    assert red.status == 303


async def test_what_is_unmet_is_listed_by_code_and_nothing_changes(front):
    """What was typed stands there still."""
    browser = await watched(front)
    refused = await send(browser, "/i/1/resolve", action="resolve", text="release 41")

    assert refused.status == 409
    for code in (*CRITERIA, "watch_running"):
        assert f"<code>{code}</code>" in refused.text
    assert 'value="release 41"' in refused.text
    assert (await story_of(front)).incident.status is IncidentStatus.MONITORING


async def test_it_is_resolved_when_all_is_met_and_the_watch_is_over(front):
    """Then there is no way around to be seen."""
    browser = await watched(front)
    for code in CRITERIA:
        await send(browser, "/i/1/resolve", action="attested", criterion=code, why="seen")
    front.clock.move_to(front.clock.now() + minutes(61))
    await tick(front.engine)
    shown = (await browser.get("/i/1/resolve")).text
    assert "✓ Everything is met." in shown
    assert "all the same" not in shown
    done = await send(browser, "/i/1/resolve", action="resolve", text="release 41")
    incident = (await story_of(front)).incident

    assert done.headers["Location"] == "../../i/1?done=resolved"
    assert (incident.status, incident.override) == (IncidentStatus.RESOLVED, None)
    over = (await browser.get("/i/1/resolve")).text
    assert "<button" not in over


async def test_an_override_names_who_and_why(front):
    """And all that was unmet; without a reason it is none."""
    browser = await watched(front)
    empty = await send(browser, "/i/1/resolve", action="override", override=" ", text="")
    done = await send(browser, "/i/1/resolve", action="override", override="the region is gone", text="moved")
    incident = (await story_of(front)).incident
    shown = (await browser.get("/i/1")).text

    assert (empty.status, "needs a reason" in empty.text) == (409, True)
    assert "<details open>\n<summary>Resolve it against" in empty.text
    assert done.status == 303
    assert (incident.override.by, incident.override.why) == ("ana", "the region is gone")
    assert "Ana resolved it against customer actions" in shown


async def test_a_field_of_the_other_form_overrides_nothing(front):
    """Only its own button does."""
    browser = await watched(front)
    refused = await send(browser, "/i/1/resolve", action="resolve", text="", override="because")

    assert refused.status == 409
    assert (await story_of(front)).incident.is_open


@pytest.mark.parametrize(
    "fields", [{}, {"action": "green", "criterion": "errors"}, {"action": "red", "criterion": "x"}]
)
async def test_nothing_else_is_a_button(front, fields):
    """Nobody writes a reading that only a check may."""
    browser = await watched(front)

    assert (await send(browser, "/i/1/resolve", **fields)).status == 400
    assert (await story_of(front)).incident.readings == {}


async def test_before_the_impact_is_over_the_table_leads_there(front):
    """The watch begins with somebody's word."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    shown = (await browser.get("/i/1/resolve")).text

    assert 'href="../../i/1/monitor"' in shown
    assert "all must stay green for 1h" in shown
    assert "<code>not_monitoring</code>" in shown


async def test_a_second_person_who_may_countersigns_an_override(front):
    """Neither whoever overrode nor somebody who leads nobody; the rights are those of the files."""
    ana = await watched(front)
    await send(ana, "/i/1/resolve", action="override", override="the region is gone", text="moved")
    shown = (await ana.get("/i/1")).text
    assert "a second person countersigns the override" in shown
    assert "Countersigned by nobody yet" in shown
    own = await ana.get("/i/1/countersign")
    ben = await (await Browser(front).signs_in("ben")).get("/i/1/countersign")
    forced = await ana.act("/i/1/countersign")
    dora = await Browser(front).signs_in("dora")
    done = await send(dora, "/i/1/countersign")
    override = (await story_of(front)).incident.override

    assert "countersign" not in re.findall(r'href="(?:i/1/)?([a-z]+)"', shown), "whoever overrode is not asked"
    assert (own.status, ben.status, forced.status) == (403, 403, 409)
    assert "never whoever overrode" in own.text
    assert "<code>same_person</code>" in forced.text
    assert done.headers["Location"] == "../../i/1?done=countersign"
    assert (override.by, override.countersigned_by) == ("ana", "dora")
    assert "Countersigned by Dora" in (await dora.get("/i/1")).text
    assert (await dora.get("/i/1/countersign")).status == 409


async def test_what_is_refused_of_a_criterion_stays_where_it_was_written(front):
    """Its part of the page is open, whatever was written; the others are shut."""
    browser = await watched(front)
    refused = await send(browser, "/i/1/resolve", action="attested", criterion="errors", why="")

    assert (refused.status, refused.text.count("<details open>")) == (409, 1)
    assert "<details open>" in refused.text.partition("<code>errors</code>:")[2].partition("</details>")[0]

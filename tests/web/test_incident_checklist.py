"""The first minutes on the web: steps that are ticked, questions that are answered, hypotheses that are judged."""

import re

import pytest

from pagerd.core.incidents.checklist import DEFAULT_CHECKLISTS
from tests.web.browsing import Browser
from tests.web.test_incident_pages import declared, send, story_of

PATH = "/i/1/checklist"


async def opened(front, **body):
    """Declare an incident; return Ana's browser."""
    await declared(front, **body)
    return await Browser(front).signs_in("ana")


def marks_of(text):
    """Return the mark of each step of the lists, by what it asks."""
    return {asks: mark for mark, asks in re.findall(r"<h3>([○✓–]) ([^<]+)</h3>", text)}


async def test_each_step_stands_there_and_what_shows_by_itself_is_done(front):
    """Nobody ticks what pagerd knows."""
    ana = await opened(front, impact="a fifth of all payments")
    shown = (await ana.get(PATH)).text
    marks = marks_of(shown)

    assert len(marks) == sum(len(one.steps) for one in DEFAULT_CHECKLISTS.values())
    assert marks["Declare it, with a severity"] == "✓"
    assert marks["Who is hit? How many, which regions, which customers"] == "✓"
    assert marks["Confirm the impact: errors, latency, reports of customers"] == "○"
    assert "a fifth of all payments" in shown
    assert 'href="../i/1/checklist">First minutes' in (await ana.get("/i/1")).text


async def test_a_step_is_done_by_whoever_says_so(front):
    """Under their name, on the timeline."""
    ana = await opened(front)
    done = await send(ana, PATH, action="done", step="confirm-impact", text="errors are at 12 %")
    assert done.headers["Location"] == "../../i/1/checklist?done=step"
    shown = (await ana.get(PATH)).text
    story = await story_of(front)

    assert marks_of(shown)["Confirm the impact: errors, latency, reports of customers"] == "✓"
    assert "errors are at 12 %" in shown
    (entry,) = [line.entry for line in story.lines if line.entry.kind == "checklist.done"]
    assert (entry.details["by"], entry.details["via"]) == ("ana", "web")


async def test_answers_go_where_they_belong(front):
    """Who is hit is the impact, since when is its begin, and a path has somebody who walks it."""
    ana = await opened(front)
    await send(ana, PATH, action="done", step="scope", text="a fifth of all payments")
    await send(ana, PATH, action="done", step="since", text="", since="2026-01-06T11:30")
    await send(ana, PATH, action="done", step="path", text="roll release 41 back", owner="ben")
    incident = (await story_of(front)).incident

    assert incident.impact == "a fifth of all payments"
    assert f"{incident.impact_started_at:%H:%M}" == "10:30"
    assert (incident.path.text, incident.path.owner) == ("roll release 41 back", "ben")
    assert "Ben does it" in (await ana.get(PATH)).text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"action": "done", "step": "changed", "text": ""}, "answer_missing"),
        ({"action": "skipped", "step": "changed", "text": ""}, "reason_missing"),
        ({"action": "done", "step": "dance", "text": "yes"}, "no_such_step"),
        ({"action": "supported", "hypothesis": "7", "why": "the graph"}, "no_such_hypothesis"),
    ],
)
async def test_what_is_missing_is_said_by_code(front, fields, code):
    """And nothing is noted."""
    ana = await opened(front)
    refused = await send(ana, PATH, **fields)

    assert (refused.status, f"<code>{code}</code>" in refused.text) == (409, True)


async def test_what_was_typed_stays_when_it_is_refused(front):
    """In the step in which it was typed, and in no other."""
    ana = await opened(front)
    refused = await send(ana, PATH, action="done", step="since", text="<b>since lunch</b>", since="noon")

    assert refused.status == 409
    assert refused.text.count("&lt;b&gt;since lunch&lt;/b&gt;") == 1
    assert 'id="text-since"' in refused.text
    assert (await send(ana, PATH, action="dance")).status == 400
    assert (await send(ana, PATH, action="supported", hypothesis="x")).status == 409


async def test_a_hypothesis_is_stated_and_judged(front):
    """What supports or refutes it is kept with it."""
    ana = await opened(front)
    await send(ana, PATH, action="hypothesis", text="release 41 fills the pool")
    await send(ana, PATH, action="refuted", hypothesis="1", why="the pool is empty")
    shown = (await ana.get(PATH)).text
    (row,) = (await story_of(front)).hypotheses

    assert (row.text, row.verdict, row.judged_by) == ("release 41 fills the pool", "refuted", "ana")
    assert "refuted: the pool is empty, says Ana" in shown


async def test_what_changed_and_what_else_is_broken_stands_there(front):
    """Where whoever asks looks first."""
    token = await front.token("ana", "ack")
    change = {"kind": "deploy", "service": "payments-api", "what": "release <41>", "link": "javascript:alert(1)"}
    told = await front.ask("POST", "/api/v1/changes", token=token, json=change | {"link": "https://ci.example/41"})
    assert told.status < 300, told.text
    ana = await opened(front, service="payments-api")
    await declared(front, service="payments-api", title="Payments time out")
    shown = (await ana.get(PATH)).text

    assert "deploy of payments-api: release &lt;41&gt;, by" in shown
    assert 'href="https://ci.example/41" rel="noreferrer noopener"' in shown
    assert '<a href="../../i/2">2: Payments time out</a>' in shown

"""Postmortems over the API: the text, its review, and the close of an incident."""

import os
from dataclasses import replace

import pytest

from pagerd.core.postmortems.document import TEXT_MAX
from pagerd.daemon.postmortem_folder import PostmortemFolder
from pagerd.stores.records import actions
from pagerd.web.auth import AS_HEADER
from pagerd.web.services import LocalUsers
from tests.postmortems import an_item, filled
from tests.web.front import a_front

ONE = "/api/v1/incidents/1"


@pytest.fixture
async def front(tmp_path):
    """Start a front that is asked over the Unix socket, as a person is on the host."""
    users = LocalUsers(trusted=frozenset({os.getuid()}), login_of=lambda _uid: None)
    place = tmp_path / "front"
    place.mkdir()
    async with a_front(place, users=users) as one:
        yield one


async def ask(front, who, method, path, body=None):
    """Ask as somebody who is on the host, or with a token where one is given."""
    sent = {"json": body} if body is not None else {}
    shown = {"token": who} if who.startswith("pgr_") else {"headers": {AS_HEADER: who}}
    return await front.ask(method, path, **shown, **sent)


async def resolved(front, who):
    """Declare an incident and resolve it against everything."""
    body = {"title": "Customers cannot pay", "team": "payments", "severity": "sev1"}
    await ask(front, who, "POST", "/api/v1/incidents", body)
    await ask(front, who, "POST", f"{ONE}/resolve", {"override": "enough"})
    item = replace(an_item(), incident=1)
    await front.services.engine.transact(lambda work: actions.insert(work.c, item))


async def show(front, who):
    """Return the postmortem as the API shows it."""
    answer = await ask(front, who, "GET", f"{ONE}/postmortem")
    assert answer.status == 200, answer.text
    return answer.json


async def act(front, who, what, status=200, **body):
    """Do something with the postmortem, and return what is answered."""
    answer = await ask(front, who, "POST", f"{ONE}/{what}", body)
    assert answer.status == status, answer.text
    return answer.json


async def test_from_the_draft_to_the_close(front):
    """Each step over the API, each by a person."""
    await resolved(front, "ana")
    drafted = await show(front, "ana")
    early = await act(front, "ana", "postmortem/submit", status=409)
    text = filled(drafted["text"])
    written = await act(front, "ana", "postmortem", text=text, based_on=drafted["digest"])
    await act(front, "ana", "postmortem/submit")
    await act(front, "dora", "postmortem/return", why="which release was it?")
    await act(front, "ana", "postmortem/submit")
    listed = (await ask(front, "ana", "GET", "/api/v1/postmortems?state=in_review&team=payments")).json
    refused = await ask(front, "ana", "POST", f"{ONE}/close", {})
    over = await act(front, "dora", "postmortem/accept")

    assert drafted["postmortem"]["state"] == "draft"
    assert drafted["file"] is None
    assert {one["code"] for one in drafted["findings"]} == {"gap"}
    assert {one["code"] for one in early["unmet"]} == {"gap"}
    assert written["sentence"] == "Taken: the postmortem of incident 1. It can be submitted."
    assert [one["incident"] for one in listed["postmortems"]] == [1]
    assert [one["code"] for one in refused.json["unmet"]] == ["postmortem_open"]
    assert over["incident"]["status"] == "closed"
    assert over["incident"]["postmortem"]["state"] == "accepted"
    assert (await ask(front, "ana", "GET", "/api/v1/postmortems")).json == {"postmortems": [], "more": False}
    assert len((await ask(front, "ana", "GET", "/api/v1/postmortems?open=false")).json["postmortems"]) == 1


async def test_a_text_that_is_newer_is_not_overwritten(front):
    """Whoever wrote on another text is told so; a broken one is refused with its line."""
    await resolved(front, "ana")
    drafted = await show(front, "ana")
    await act(front, "ana", "postmortem", text=filled(drafted["text"]), based_on=drafted["digest"])
    late = await act(front, "ana", "postmortem", status=409, text=drafted["text"], based_on=drafted["digest"])
    broken = await act(front, "ana", "postmortem", status=400, text="# mine alone")
    long = await act(front, "ana", "postmortem", status=400, text="x" * (TEXT_MAX + 1))

    assert [one["code"] for one in late["unmet"]] == ["text_changed"]
    assert broken["error"].startswith("line 1: it does not say whose postmortem it is")
    assert "characters" in long["error"]


async def test_only_a_lead_accepts_or_waives(front):
    """Whoever is in the files may write and submit; a lead's own token is no lead's word."""
    await resolved(front, "ben")
    await act(front, "ben", "postmortem/waive", status=403, why="no time")
    await act(front, "ben", "postmortem/accept", status=403)
    token = await front.token("dora", "ack")
    sent = {"why": "it was one customer"}
    by_token = await front.ask("POST", f"{ONE}/postmortem/waive", token=token, json=sent)
    said = await act(front, "dora", "postmortem/waive", why="it was one customer")

    assert (by_token.status, "not a token" in by_token.json["error"]) == (403, True)
    assert said["sentence"] == "The postmortem of incident 1 is waived. Incident 1 is closed."


async def test_with_a_directory_it_is_written_in_its_file(front, tmp_path):
    """What stands there is shown at once and taken in with the next act; a broken file is said with its line."""
    folder = PostmortemFolder(tmp_path)
    front.services.postmortems = folder
    await resolved(front, "ana")
    await act(front, "ana", "postmortem/refresh")
    file = tmp_path / "incident-0001.md"
    file.write_text(filled(file.read_text()))
    shown = await show(front, "ana")
    refused = await act(front, "ana", "postmortem", status=409, text=shown["text"])
    file.write_text(file.read_text().replace("**Duration:**", "**Length:**"))
    broken = await act(front, "ana", "postmortem/submit", status=400)
    file.write_text(file.read_text().replace("**Length:**", "**Duration:**"))
    submitted = await act(front, "ana", "postmortem/submit")

    assert shown["file"] == str(file)
    assert shown["findings"] == []
    assert refused["error"] == f"the postmortem of incident 1 is written in its file, {file}"
    assert "the facts 'summary' from here on were changed by hand" in broken["error"]
    assert submitted["sentence"] == "The postmortem of incident 1 is in review: its lead is told."


async def test_a_directory_that_cannot_be_written_holds_up_nothing(front, tmp_path):
    """The act is done, and the answer says that the file is behind."""
    place = tmp_path / "a file"
    place.write_text("")
    await resolved(front, "ana")
    front.services.postmortems = PostmortemFolder(place)
    said = await act(front, "dora", "postmortem/waive", why="it was one customer")

    assert said["incident"]["status"] == "closed"
    assert "Its file is not up to date" in said["sentence"]


async def test_an_incident_without_one_says_how_to_have_one(front):
    """A number that nobody knows is another matter."""
    body = {"title": "Reports are late", "team": "payments", "severity": "sev3"}
    await ask(front, "ana", "POST", "/api/v1/incidents", body)
    none = await ask(front, "ana", "GET", f"{ONE}/postmortem")
    unknown = await ask(front, "ana", "GET", "/api/v1/incidents/9/postmortem")
    await ask(front, "ana", "POST", f"{ONE}/resolve", {"override": "enough"})
    wanted = await act(front, "ana", "postmortem/draft")

    assert (none.status, none.json["error"]) == (
        404,
        "incident 1 has no postmortem: it is drafted when the incident is resolved",
    )
    assert unknown.status == 404
    assert wanted["incident"]["postmortem"]["state"] == "draft"

"""Postmortems over the API: the text, its review, and the close of an incident."""

from dataclasses import replace

from pagerd.core.postmortems.document import TEXT_MAX
from pagerd.daemon.postmortem_folder import PostmortemFolder
from pagerd.stores.records import actions
from tests.postmortems import an_item, filled

ONE = "/api/v1/incidents/1"


async def resolved(front, token):
    """Declare an incident and resolve it against everything."""
    body = {"title": "Customers cannot pay", "team": "payments", "severity": "sev1"}
    await front.ask("POST", "/api/v1/incidents", token=token, json=body)
    await front.ask("POST", f"{ONE}/resolve", token=token, json={"override": "enough"})
    item = replace(an_item(), incident=1)
    await front.services.engine.transact(lambda work: actions.insert(work.c, item))


async def show(front, token):
    """Return the postmortem as the API shows it."""
    answer = await front.ask("GET", f"{ONE}/postmortem", token=token)
    assert answer.status == 200, answer.text
    return answer.json


async def act(front, token, what, status=200, **body):
    """Do something with the postmortem, and return what is answered."""
    answer = await front.ask("POST", f"{ONE}/{what}", token=token, json=body)
    assert answer.status == status, answer.text
    return answer.json


async def test_from_the_draft_to_the_close(front):
    """Each step over the API, each by a person."""
    ana, dora = await front.token("ana", "ack"), await front.token("dora", "ack")
    await resolved(front, ana)
    drafted = await show(front, ana)
    early = await act(front, ana, "postmortem/submit", status=409)
    text = filled(drafted["text"])
    written = await act(front, ana, "postmortem", text=text, based_on=drafted["digest"])
    await act(front, ana, "postmortem/submit")
    await act(front, dora, "postmortem/return", why="which release was it?")
    await act(front, ana, "postmortem/submit")
    listed = (await front.ask("GET", "/api/v1/postmortems?state=in_review&team=payments", token=ana)).json
    refused = await front.ask("POST", f"{ONE}/close", token=ana, json={})
    over = await act(front, dora, "postmortem/accept")

    assert drafted["postmortem"]["state"] == "draft"
    assert drafted["file"] is None
    assert {one["code"] for one in drafted["findings"]} == {"gap"}
    assert {one["code"] for one in early["unmet"]} == {"gap"}
    assert written["sentence"] == "Taken: the postmortem of incident 1. It can be submitted."
    assert [one["incident"] for one in listed["postmortems"]] == [1]
    assert [one["code"] for one in refused.json["unmet"]] == ["postmortem_open"]
    assert over["incident"]["status"] == "closed"
    assert over["incident"]["postmortem"]["state"] == "accepted"
    assert (await front.ask("GET", "/api/v1/postmortems", token=ana)).json == {"postmortems": [], "more": False}
    assert len((await front.ask("GET", "/api/v1/postmortems?open=false", token=ana)).json["postmortems"]) == 1


async def test_a_text_that_is_newer_is_not_overwritten(front):
    """Whoever wrote on another text is told so; a broken one is refused with its line."""
    ana = await front.token("ana", "ack")
    await resolved(front, ana)
    drafted = await show(front, ana)
    await act(front, ana, "postmortem", text=filled(drafted["text"]), based_on=drafted["digest"])
    late = await act(front, ana, "postmortem", status=409, text=drafted["text"], based_on=drafted["digest"])
    broken = await act(front, ana, "postmortem", status=400, text="# mine alone")
    long = await act(front, ana, "postmortem", status=400, text="x" * (TEXT_MAX + 1))

    assert [one["code"] for one in late["unmet"]] == ["text_changed"]
    assert broken["error"].startswith("line 1: it does not say whose postmortem it is")
    assert "characters" in long["error"]


async def test_only_a_lead_accepts_or_waives(front):
    """Whoever is in the files may write and submit."""
    ben, dora = await front.token("ben", "ack"), await front.token("dora", "ack")
    await resolved(front, ben)
    await act(front, ben, "postmortem/waive", status=403, why="no time")
    await act(front, ben, "postmortem/accept", status=403)
    said = await act(front, dora, "postmortem/waive", why="it was one customer")

    assert said["sentence"] == "The postmortem of incident 1 is waived. Incident 1 is closed."


async def test_with_a_directory_it_is_written_in_its_file(front, tmp_path):
    """What stands there is shown at once and taken in with the next act; a broken file is said with its line."""
    folder = PostmortemFolder(tmp_path)
    front.services.postmortems = folder
    ana = await front.token("ana", "ack")
    await resolved(front, ana)
    await act(front, ana, "postmortem/refresh")
    file = tmp_path / "incident-0001.md"
    file.write_text(filled(file.read_text()))
    shown = await show(front, ana)
    refused = await act(front, ana, "postmortem", status=409, text=shown["text"])
    file.write_text(file.read_text().replace("**Duration:**", "**Length:**"))
    broken = await act(front, ana, "postmortem/submit", status=400)
    file.write_text(file.read_text().replace("**Length:**", "**Duration:**"))
    submitted = await act(front, ana, "postmortem/submit")

    assert shown["file"] == str(file)
    assert shown["findings"] == []
    assert refused["error"] == f"the postmortem of incident 1 is written in its file, {file}"
    assert "the facts 'summary' from here on were changed by hand" in broken["error"]
    assert submitted["sentence"] == "The postmortem of incident 1 is in review: its lead is told."


async def test_a_directory_that_cannot_be_written_holds_up_nothing(front, tmp_path):
    """The act is done, and the answer says that the file is behind."""
    place = tmp_path / "a file"
    place.write_text("")
    ana, dora = await front.token("ana", "ack"), await front.token("dora", "ack")
    await resolved(front, ana)
    front.services.postmortems = PostmortemFolder(place)
    said = await act(front, dora, "postmortem/waive", why="it was one customer")

    assert said["incident"]["status"] == "closed"
    assert "Its file is not up to date" in said["sentence"]


async def test_an_incident_without_one_says_how_to_have_one(front):
    """A number that nobody knows is another matter."""
    ana = await front.token("ana", "ack")
    body = {"title": "Reports are late", "team": "payments", "severity": "sev3"}
    await front.ask("POST", "/api/v1/incidents", token=ana, json=body)
    none = await front.ask("GET", f"{ONE}/postmortem", token=ana)
    unknown = await front.ask("GET", "/api/v1/incidents/9/postmortem", token=ana)
    await front.ask("POST", f"{ONE}/resolve", token=ana, json={"override": "enough"})
    wanted = await act(front, ana, "postmortem/draft")

    assert (none.status, none.json["error"]) == (
        404,
        "incident 1 has no postmortem: it is drafted when the incident is resolved",
    )
    assert unknown.status == 404
    assert wanted["incident"]["postmortem"]["state"] == "draft"

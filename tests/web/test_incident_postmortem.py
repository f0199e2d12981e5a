"""The postmortem on the web: read as it is written, sent to review, decided by a lead, and the incident closed."""

from pagerd.core.incidents.incident import IncidentStatus
from pagerd.daemon.postmortem_folder import PostmortemFolder
from tests.postmortems import filled
from tests.web.api.test_postmortems import act, resolved, show
from tests.web.browsing import Browser
from tests.web.front import a_front
from tests.web.test_incident_pages import declared, send, story_of

PATH = "/i/1/postmortem"


async def written(front):
    """Resolve an incident and fill its postmortem in over the API; return the browsers of Ana and Dora, a lead."""
    token = await front.token("ana", "ack")
    await resolved(front, token)
    drafted = await show(front, token)
    await act(front, token, "postmortem", text=filled(drafted["text"]), based_on=drafted["digest"])
    return await Browser(front).signs_in("ana"), await Browser(front).signs_in("dora")


async def test_the_draft_can_be_read_and_says_what_is_missing(front):
    """As text with headings; pagerd's own marks are not for readers."""
    await resolved(front, await front.token("ana", "ack"))
    ana = await Browser(front).signs_in("ana")
    shown = (await ana.get(PATH)).text

    assert "Customer impact" in shown
    assert "<h2>Missing still</h2>" in shown
    assert "&lt;!--" not in shown
    assert 'href="../i/1/postmortem">Postmortem</a>' in (await ana.get("/i/1")).text
    assert "finish the postmortem, and ask for its review" in (await ana.get("/i/1")).text


async def test_from_the_draft_to_the_close(front):
    """Whoever writes asks, a lead decides; each under their own name."""
    ana, dora = await written(front)
    asked = await send(ana, PATH, action="submit")
    assert asked.headers["Location"] == "../../i/1/postmortem?done=postmortem-submit"
    own = await send(ana, PATH, action="accept")
    assert "Accept it" not in (await ana.get(PATH)).text
    assert "Accept it" in (await dora.get(PATH)).text
    returned = await send(dora, PATH, action="return", why="which release was it?")
    assert returned.status == 303
    assert "which release was it?" in (await ana.get(PATH)).text
    await send(ana, PATH, action="submit")
    accepted = await send(dora, PATH, action="accept")
    story = await story_of(front)

    assert (own.status, "only a lead" in own.text) == (403, True)
    assert accepted.headers["Location"] == "../../i/1/postmortem?done=postmortem-accept"
    assert (story.incident.status, story.incident.review.by) == (IncidentStatus.CLOSED, "dora")
    assert "<button" not in (await dora.get(PATH)).text
    vias = {line.entry.details.get("via") for line in story.lines if line.entry.kind.startswith("postmortem.")}
    assert "web" in vias


async def test_what_stands_against_a_review_is_said_by_code(front):
    """And nothing changes."""
    await resolved(front, await front.token("ana", "ack"))
    ana = await Browser(front).signs_in("ana")
    refused = await send(ana, PATH, action="submit")

    assert (refused.status, "<code>gap</code>" in refused.text) == (409, True)
    assert (await story_of(front)).incident.review.state == "draft"
    assert (await send(ana, PATH, action="dance")).status == 400


async def test_a_lead_waives_it_with_a_reason(front):
    """Without one it is refused, and what was typed stays."""
    await resolved(front, await front.token("ana", "ack"))
    dora = await Browser(front).signs_in("dora")
    empty = await send(dora, PATH, action="waive", why=" ")
    done = await send(dora, PATH, action="waive", why="the same as incident 7")

    assert empty.status == 409
    assert done.status == 303
    assert (await story_of(front)).incident.review.state == "waived"


async def test_what_people_wrote_is_text(front):
    """Nothing in it is run or loaded, however it is marked up."""
    token = await front.token("ana", "ack")
    await resolved(front, token)
    drafted = await show(front, token)
    text = filled(drafted["text"]).replace("## What went well", "<script>alert(1)</script>\n\n## What went well")
    await act(front, token, "postmortem", text=text, based_on=drafted["digest"])
    shown = (await (await Browser(front).signs_in("ana")).get(PATH)).text

    assert "<script" not in shown
    assert "alert(1)" in shown


async def test_before_there_is_one_the_page_says_so(front):
    """An open incident has none, and no button."""
    await declared(front)
    ana = await Browser(front).signs_in("ana")
    shown = await ana.get(PATH)

    assert shown.status == 200
    assert "There is no text yet" in shown.text
    assert "<button" not in shown.text
    assert (await ana.get("/i/2/postmortem")).status == 404


async def test_a_file_is_where_it_is_written(tmp_path):
    """What stands there is what is read, and what comes in when somebody acts; what is broken in it is said."""
    folder = PostmortemFolder(tmp_path)
    async with a_front(tmp_path, postmortems=folder) as front:
        token = await front.token("ana", "ack")
        await resolved(front, token)
        await act(front, token, "postmortem/refresh")
        file = tmp_path / "incident-0001.md"
        file.write_text(filled(file.read_text()).replace("**Duration:**", "**Length:**"))
        ana = await Browser(front).signs_in("ana")
        broken = await ana.get(PATH)
        file.write_text(file.read_text().replace("**Length:**", "**Duration:**"))
        shown = (await ana.get(PATH)).text
        asked = await send(ana, PATH, action="submit")

    assert (broken.status, "were changed by hand" in broken.text) == (400, True)
    assert f"<code>{file}</code>" in shown
    assert "Missing still" not in shown
    assert asked.status == 303

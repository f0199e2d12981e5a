from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from pagerd.core.incidents.incident import Mode
from pagerd.engine.chance import hash_of
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.commands import Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.records import feeds as rows
from tests.web.front import a_front

ATOM = "{http://www.w3.org/2005/Atom}"


def read(octets):
    """Read an Atom feed as any program would."""
    return ET.fromstring(octets)  # noqa: S314  # pagerd wrote it just now


async def a_feed(front, name=None, by="ana"):
    """Make a feed by the API; return what was answered, and the path of its address."""
    body = {} if name is None else {"name": name}
    made = await front.ask("POST", "/api/v1/feeds", token=await front.token(by), json=body)
    assert made.status == 201
    return made.json, made.json["url"].removeprefix("https://pager.example.com")


async def test_whoever_has_the_address_reads_the_calendar(front):
    """Without a token, as calendar programs come; with or without the ending."""
    made, path = await a_feed(front, "payments")
    assert made["url"].startswith("https://pager.example.com/feeds/pgf_")
    answer = await front.ask("GET", path)

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.body).walk("VEVENT")
    assert {str(event["SUMMARY"]).partition(" (")[2] for event in events} == {
        "payments-primary)",
        "payments-secondary)",
    }
    assert (await front.ask("GET", path.removesuffix(".ics"))).body == answer.body
    head = await front.ask("HEAD", path)
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])


async def test_what_the_program_has_already_is_not_sent_again(front):
    """Until the plan or the day changes; a proxy may have made its tag a weak one."""
    _, path = await a_feed(front, "ana")
    tag = (await front.ask("GET", path)).headers["ETag"]
    for said in (tag, f"W/{tag}", f'"other", {tag}'):
        again = await front.ask("GET", path, headers={"If-None-Match": said})

        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "private, no-cache"
    body = {"schedule": "payments-primary", "people": ["cho"], "instead_of": "ana", "why": "agreed"}
    span = {"from": "2026-01-07T12:00:00Z", "to": "2026-01-08T12:00:00Z"}
    token = await front.token("ana", "ack")
    assert (await front.ask("POST", "/api/v1/overrides", token=token, json=body | span)).status == 201

    changed = await front.ask("GET", path, headers={"If-None-Match": tag})
    assert changed.status == 200
    assert b"DTEND:20260107T120000Z" in changed.body
    front.clock.move_to(front.clock.now() + timedelta(days=1))
    assert (await front.ask("GET", path)).headers["ETag"] != changed.headers["ETag"]


@pytest.mark.parametrize("token", ["", "x.ics", "pgf_AAAAAAAAAAAAAAAAAAAAAA.ics", "a" * 2000, "%00", "..%2f..%2fetc"])
async def test_what_is_no_address_opens_nothing(front, token):
    """Always the same 404, whatever was tried."""
    answer = await front.ask("GET", f"/feeds/{token}")

    assert answer.status == 404
    assert "pgf_" not in answer.text


async def test_an_address_is_worth_nothing_once_it_is_removed_or_its_maker_left(front):
    """The same answer as for one that never was."""
    made, path = await a_feed(front, "payments")
    _, other = await a_feed(front, "payments", by="ben")
    refused = await front.ask("GET", "/feeds/pgf_AAAAAAAAAAAAAAAAAAAAAA.ics")
    gone = await front.ask("DELETE", f"/api/v1/feeds/{made['id']}", token=await front.token("ana"))
    plan = front.engine.plan
    front.engine.plan = replace(plan, people={name: one for name, one in plan.people.items() if name != "ben"})

    assert gone.json == {"sentence": f"{made['id']} (on call: payments) opens nothing any more."}
    for one in (path, other):
        answer = await front.ask("GET", one)
        assert (answer.status, answer.body) == (404, refused.body)


async def test_a_feed_only_reads(front):
    """No method but GET and HEAD; a fetch is noted once an hour, and not at all where nothing can be written."""
    made, path = await a_feed(front)
    for method in ("POST", "PUT", "DELETE", "PROPFIND", "OPTIONS"):
        assert (await front.ask(method, path)).status == 405
    before = front.store.writes
    for _ in range(3):
        await front.ask("GET", path)
    assert front.store.writes == before + 1
    listed = (await front.ask("GET", "/api/v1/feeds", token=await front.token("ana", "read"))).json["feeds"]

    assert [(one["id"], one["fetched_at"]) for one in listed] == [(made["id"], "2026-01-06T11:00:00+00:00")]
    front.store.fails = True
    assert (await front.ask("GET", path)).status == 503


async def test_a_list_is_ones_own_and_an_admins_is_everybodys(front):
    """None of them says an address; who has no part in a feed cannot take it back."""
    mine, _ = await a_feed(front, "ana")
    theirs, _ = await a_feed(front, "payments", by="ben")
    own = await front.ask("GET", "/api/v1/feeds", token=await front.token("ana", "read"))
    admin = await front.token("dora", "admin")
    every = await front.ask("GET", "/api/v1/feeds", token=admin)

    assert [one["id"] for one in own.json["feeds"]] == [mine["id"]]
    assert {one["id"] for one in every.json["feeds"]} == {mine["id"], theirs["id"]}
    assert "pgf_" not in every.text
    refused = await front.ask("DELETE", f"/api/v1/feeds/{theirs['id']}", token=await front.token("ana"))
    assert refused.status == 404
    assert (await front.ask("DELETE", f"/api/v1/feeds/{theirs['id']}", token=admin)).status == 200


async def test_a_feed_needs_a_name_that_there_is_and_a_public_url(front, tmp_path):
    """Nothing is stored of what cannot be."""
    token = await front.token("ana")
    assert (await front.ask("POST", "/api/v1/feeds", token=token, json={"name": "nobody"})).status == 404
    (tmp_path / "other").mkdir()
    async with a_front(tmp_path / "other", public_url=None) as other:
        refused = await other.ask("POST", "/api/v1/feeds", token=await other.token("ana"), json={})

    assert refused.status == 409
    assert "public_url" in refused.json["error"]


async def test_an_old_row_that_nobody_can_write_to_is_served(front, monkeypatch):
    """Who is on call can be said while the disk is full."""
    _, path = await a_feed(front, "ana")

    async def full(_what):
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr(front.engine, "transact", full)

    assert (await front.ask("GET", path)).status == 200
    assert (await front.engine.read(lambda c: rows.find(c, hash_of(path[7:-4])))).fetched_at is None


async def test_onlookers_read_what_is_told_of_incidents(front):
    """As Atom, escaped, newest first; a suspicion is no news, and the tag stays until there is some."""
    made, path = await a_feed(front, "incidents")
    assert made["url"].endswith(".atom")
    empty = await front.ask("GET", path)
    assert empty.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert read(empty.body).findall(f"{ATOM}entry") == []

    async def declare(title, **more):
        said = Declaration(title=title, team="payments", severity="sev2", **more)
        await front.engine.transact(lambda work: declaring.declare(work, "ana", "cli", said))

    await declare("<b>Nobody</b> & nothing pays")
    await declare("perhaps", suspected=True)
    await declare("practice", mode=Mode.DRILL)
    front.clock.move_to(front.clock.now() + timedelta(minutes=5))
    update = Update(know="the pool is full", next_in=timedelta(minutes=45))
    await front.engine.transact(lambda work: commands.post_update(work, 1, "ana", "cli", update))
    answer = await front.ask("GET", path)
    entries = read(answer.body).findall(f"{ATOM}entry")

    assert [one.findtext(f"{ATOM}title") for one in entries] == [
        "Incident 1, <b>Nobody</b> & nothing pays",
        "DRILL: Drill incident 3, practice",
        "Incident 1, <b>Nobody</b> & nothing pays",
    ]
    assert "the pool is full" in entries[0].findtext(f"{ATOM}content")
    assert entries[0].find(f"{ATOM}link").get("href") == "https://pager.example.com/i/1"
    assert (await front.ask("GET", path, headers={"If-None-Match": answer.headers["ETag"]})).status == 304

"""What was changed, told by pipelines and people: once, as it was, and to nobody's alarm."""

import pytest

from pagerd.engine import queries
from pagerd.engine.work import SourceTraits
from pagerd.sources import changes
from tests.builders import NOON, minutes
from tests.web.api.test_incidents import declared
from tests.web.front import BODY_MAX, SOURCE_TOKEN, a_front, a_source

DEPLOY = {"kind": "deploy", "service": "payments-api", "what": "release 41.", "id": "run-1", "by": "ana"}
PATH = "/api/v1/changes/ci"


@pytest.fixture
async def front(tmp_path):
    """A daemon that a pipeline tells of changes."""
    source = a_source(
        "ci",
        kind="changes",
        path=PATH,
        parser=changes.parse,
        at_once=changes.at_once,
        traits=SourceTraits(name="ci", brings_alerts=False),
    )
    async with a_front(tmp_path, sources={"ci": source, "prod": a_source()}) as front:
        yield front


async def listed(front, query=""):
    """Return what was changed, as the list says."""
    token = await front.token("eva", "read")
    answer = await front.ask("GET", f"/api/v1/changes{query}", token=token)
    assert answer.status == 200, answer.text
    return answer.json["changes"]


async def test_a_change_that_is_sent_twice_is_one(front):
    """The second is taken, and is no news; another source's id is another change."""
    first = await front.ask("POST", PATH, token=SOURCE_TOKEN, json=DEPLOY)
    again = await front.ask("POST", PATH, token=SOURCE_TOKEN, json=DEPLOY | {"what": "forged"})
    token = await front.token("ben", "ack")
    own = {name: value for name, value in DEPLOY.items() if name != "by"}
    mine = [await front.ask("POST", "/api/v1/changes", token=token, json=own) for _ in range(2)]
    found = await listed(front)

    assert (first.json["changed"], again.json["changed"], again.status) == (1, 0, 200)
    assert [one.json["sentence"] for one in mine] == [
        "Deploy of payments-api is noted: release 41.",
        "Deploy of payments-api was known already: release 41.",
    ]
    assert sorted((one["source"] or "", one["by"], one["what"]) for one in found) == [
        ("", "ben", "release 41."),
        ("ci", "ana", "release 41."),
    ]


async def test_a_refused_change_says_why_and_wakes_nobody(front):
    """It was no alert, whatever it was; and nothing of its message is kept."""
    body = {"changes": [DEPLOY, DEPLOY | {"kind": "party"}]}
    refused = await front.ask("POST", PATH, token=SOURCE_TOKEN, json=body)
    large = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=b"{" + b" " * BODY_MAX + b"}")
    stranger = await front.ask("POST", PATH, token="guessed", json=DEPLOY)

    assert (refused.status, large.status, stranger.status) == (400, 413, 401)
    assert "at `$.changes[1].kind`" in refused.json["error"]
    assert "quarantine" not in refused.text
    assert await listed(front) == []
    pages = await front.engine.read(lambda c: queries.list_pages(c, team=None, is_open=True, limit=100))
    assert pages.pages == []


async def test_a_store_in_trouble_is_told_so(front):
    """A pipeline sends it again: a change that nobody knows of is asked for at night."""
    front.store.fails = True
    refused = await front.ask("POST", PATH, token=SOURCE_TOKEN, json=DEPLOY)
    front.store.fails = False

    assert refused.status == 503
    assert await listed(front) == []


REFUSED = [
    ({"link": "javascript:alert(1)"}, 400),
    ({"id": "x" * 257}, 400),
    ({"what": " \u202e "}, 409),
    ({"at": (NOON + minutes(6)).isoformat()}, 409),
    ({"kind": "party"}, 400),
    ({"colour": "green"}, 400),
]


@pytest.mark.parametrize(("wrong", "status"), REFUSED)
async def test_a_person_is_told_what_is_wrong(front, wrong, status):
    """Before anything is kept."""
    token = await front.token("ben", "ack")
    said = {"kind": "flag", "service": "payments-api", "what": "on"} | wrong
    answer = await front.ask("POST", "/api/v1/changes", token=token, json=said)

    assert answer.status == status, answer.text
    assert await listed(front) == []


async def test_a_list_is_of_a_service_a_kind_and_a_time(front):
    """The newest first; when nobody says since when, of the last days."""
    told = [("a", "deploy", "payments-api", 1), ("b", "flag", "payments-api", 2), ("c", "flag", "ledger", 60 * 24 * 8)]
    for name, kind, service, ago in told:
        at = (NOON - minutes(ago)).isoformat()
        sent = {"id": name, "kind": kind, "service": service, "what": name, "at": at}
        await front.ask("POST", PATH, token=SOURCE_TOKEN, json=sent)

    assert [one["what"] for one in await listed(front)] == ["a", "b"]
    assert [one["what"] for one in await listed(front, "?kind=flag")] == ["b"]
    assert [one["what"] for one in await listed(front, "?service=ledger&since=2020-01-01T00:00:00Z")] == ["c"]
    assert [one["what"] for one in await listed(front, f"?until={(NOON - minutes(2)):%Y-%m-%dT%H:%M:%SZ}")] == ["b"]


async def test_changes_stand_on_the_timeline_of_their_service(front):
    """At the instant at which they happened, with who did it; what is of another service does not."""
    token = await front.token("ben", "ack")
    at = (NOON - minutes(90)).isoformat()
    link = "https://ci.example.com/1"
    await front.ask("POST", PATH, token=SOURCE_TOKEN, json=DEPLOY | {"at": at, "link": link})
    await front.ask("POST", PATH, token=SOURCE_TOKEN, json=DEPLOY | {"id": "x", "service": "ledger"})
    await declared(front, token, service="payments-api")
    first, *_ = lines = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json["timeline"]

    assert first["sentence"] == f"payments-api, deploy: release 41, by ana, says ci ({link})."
    assert (first["at"], first["recorded_at"]) == (at, NOON.isoformat())
    assert [one["kind"] for one in lines].count("change.seen") == 1

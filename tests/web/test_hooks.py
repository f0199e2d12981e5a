import gzip
import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.alerts.heartbeat import Heartbeat
from pagerd.engine import queries
from pagerd.engine.work import SourceTraits
from pagerd.sources import heartbeat
from pagerd.stores.records import timers
from pagerd.web.limits import WebLimits
from tests.builders import NOON, minutes
from tests.web.front import BODY_MAX, SOURCE_TOKEN, a_front, a_source, alerts_body, sha, simple_parser

PATH = "/api/v1/alertmanager/prod"


async def open_pages(front):
    """Return the open pages."""
    return (await front.engine.read(lambda c: queries.list_pages(c, team=None, is_open=True, limit=100))).pages


async def test_an_alert_is_on_disk_before_it_is_answered_2xx(front):
    """The answer comes after the commit: what it speaks of can be read at once."""
    answer = await front.fire("a")

    assert answer.status == 200
    assert answer.json == {"accepted": 1, "changed": 1, "quarantined": 0}
    assert [page.firing for page in await open_pages(front)] == [1]
    assert front.metric("pagerd_ingest_requests_total", source="prod", result="accepted") == 1


async def test_what_a_source_has_behind_its_path_costs_no_alert(front):
    """A query that means nothing here is no reason to lose what fires."""
    answer = await front.ask("POST", f"{PATH}?cluster=eu", token=SOURCE_TOKEN, json=alerts_body("a"))

    assert answer.json == {"accepted": 1, "changed": 1, "quarantined": 0}


async def test_the_same_message_again_changes_nothing(front):
    """Retries and cluster members repeat themselves: the second is taken and opens nothing."""
    await front.fire("a")
    again = await front.fire("a")

    assert again.json == {"accepted": 1, "changed": 0, "quarantined": 0}
    assert len(await open_pages(front)) == 1


async def test_bad_alerts_among_good_ones_are_2xx_and_told(front):
    """A readable envelope is 2xx; the bad alert in it becomes a page to the fallback team."""
    answer = await front.fire("a", bad=1)

    assert answer.json == {"accepted": 1, "changed": 1, "quarantined": 1}
    assert {page.subject.team for page in await open_pages(front)} == {"payments", "platform"}


@pytest.mark.parametrize("body", [b"", b"no json", b'{"alerts": 3}', b"[" * 100_000, b'{"alerts": [{}]}'])
async def test_an_unreadable_body_is_400_with_a_reason_and_raises_the_alarm(front, body):
    """An authenticated refused body may have been firing: somebody is paged, and what was sent is kept."""
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=body)

    assert answer.status in (400, 413)
    assert answer.json["error"]
    [page] = await open_pages(front)
    assert page.subject.team == "platform"
    [row] = await front.engine.read(lambda c: queries.quarantined(c, 10))
    assert len(row.raw) <= 4096


async def test_a_parser_that_fails_is_our_fault_and_still_told(front):
    """A body that our own code chokes on would choke it again: it is kept and told, not repeated for ever."""
    answer = await front.fire("a", crash=True)

    assert answer.status == 400
    assert [page.subject.team for page in await open_pages(front)] == ["platform"]


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic !!!", "Basic eDp5", "Digest x", SOURCE_TOKEN],
)
async def test_a_wrong_token_is_401_and_changes_nothing(front, authorization):
    """Whoever does not show the source's token sends nothing."""
    headers = {"Authorization": authorization} if authorization is not None else {}
    answer = await front.ask("POST", PATH, headers=headers, json=alerts_body("a"))

    assert answer.status == 401
    assert "WWW-Authenticate" in answer.headers
    assert await open_pages(front) == []
    assert front.metric("pagerd_ingest_requests_total", source="prod", result="unauthorized") == 1


async def test_the_token_of_another_source_does_not_do(front):
    """Each source has its own tokens."""
    answer = await front.fire("a", token="other-token")

    assert answer.status == 401


async def test_more_than_three_wrong_tokens_are_told_to_the_operators(front):
    """A rotated token means alerts that nobody hears; the operators learn of it once, at little cost."""
    for _ in range(3):
        await front.fire("a", token="old")
    assert front.sent == []
    writes = front.store.writes
    for _ in range(5):
        await front.fire("a", token="old")

    assert {one.notification.person for one in front.sent} == {"dora"}
    assert "source prod" in front.sent[0].notification.text
    assert front.store.writes <= writes + 2


async def test_two_tokens_are_good_at_once_and_a_change_counts_at_once(tmp_path):
    """While a token is changed, the old and the new one are both good; then only the new one."""
    accepted = ["old", "new"]
    access = a_source("prod", token_hashes=lambda: [sha(one) for one in accepted])
    async with a_front(tmp_path, sources={"prod": access}) as front:
        assert (await front.fire("a", token="old")).status == 200
        assert (await front.fire("a", token="new")).status == 200
        accepted.remove("old")

        assert (await front.fire("a", token="old")).status == 401
        assert (await front.fire("a", token="new")).status == 200


async def test_basic_authentication_is_taken_where_it_is_configured(tmp_path):
    """A source with user and password may send them, and only them."""
    access = a_source("prod", token_hashes=list, basic_hash=lambda: sha("am:secret"))
    async with a_front(tmp_path, sources={"prod": access}) as front:
        good = {"Authorization": "Basic YW06c2VjcmV0"}
        assert (await front.ask("POST", PATH, headers=good, json=alerts_body("a"))).status == 200
        for bad in ("Basic YW06d3Jvbmc=", "Bearer am:secret", "Basic "):
            assert (await front.ask("POST", PATH, headers={"Authorization": bad}, json=alerts_body("a"))).status == 401


async def test_a_source_without_any_token_takes_nothing(tmp_path):
    """No token configured means closed, not open."""
    async with a_front(tmp_path, sources={"prod": a_source("prod", token_hashes=list)}) as front:
        for token in ("", "nobody has this", "x"):
            answer = await front.ask("POST", PATH, headers={"Authorization": f"Bearer {token}"}, json=alerts_body("a"))
            assert answer.status == 401


async def test_an_unknown_source_is_404(front):
    """A name that the config does not have is said to be unknown, whatever token comes with it."""
    answer = await front.ask("POST", "/api/v1/alertmanager/nobody", token=SOURCE_TOKEN, json=alerts_body("a"))

    assert answer.status == 404
    assert "'nobody'" in answer.json["error"]


async def test_the_wrong_kind_of_url_says_the_right_one_and_raises_the_alarm(front):
    """A source of another kind is told where to send; until it does its alerts are lost, so a human hears of it."""
    answer = await front.ask("POST", "/api/v1/alerts/prod", token=SOURCE_TOKEN, json=alerts_body("a"))

    assert answer.status == 404
    assert answer.json["hint"].endswith("/api/v1/alertmanager/prod")
    [page] = await open_pages(front)
    assert "instead of /api/v1/alertmanager/prod" in page.subject.summary


async def test_a_body_that_says_it_is_too_large_is_413_and_told(front):
    """413 is final to Alertmanager, so a human must hear of it."""
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=b" " * (BODY_MAX + 1))

    assert answer.status == 413
    assert "larger than" in answer.json["error"]
    assert [page.subject.team for page in await open_pages(front)] == ["platform"]
    assert front.metric("pagerd_ingest_requests_total", source="prod", result="too_large") == 1


async def test_a_chunked_body_without_end_is_cut_off(front):
    """A body that never says its size is read up to the limit and no further."""
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(BODY_MAX // 1024 + 10):
            sent += 1024
            yield b" " * 1024

    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=endless())

    assert answer.status == 413


async def test_gzip_is_taken(front):
    """A compressed body is read like any other."""
    body = gzip.compress(json.dumps(alerts_body("a")).encode())
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=body, headers={"Content-Encoding": "gzip"})

    assert answer.status == 200


async def test_a_gzip_bomb_is_413(front):
    """What counts is the size after unpacking, and unpacking stops at the limit."""
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < BODY_MAX
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=bomb, headers={"Content-Encoding": "gzip"})

    assert answer.status == 413


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"not gzip at all"),
        ("gzip", gzip.compress(b'{"alerts": []}')[:-4]),
        ("gzip", gzip.compress(b'{"alerts": []}') + b"more"),
        ("deflate", b"not at all"),
        ("zstd", b'{"alerts": []}'),
    ],
)
async def test_a_body_that_is_not_what_its_encoding_says_is_400(front, encoding, body):
    """Broken compression is the sender's fault, with a reason, and a human is told."""
    headers = {"Content-Encoding": encoding}
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=body, headers=headers)

    assert answer.status == 400
    assert "Content-Encoding" in answer.json["hint"]
    assert front.metric("pagerd_ingest_requests_total", source="prod", result="invalid") == 1


async def test_a_failing_store_is_503_with_retry_after_and_never_2xx(front):
    """Nothing is taken that is not kept; whoever has another way to the operators is told."""
    front.store.fails = True
    answer = await front.fire("a")

    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert front.troubles == ["the disk is full"]
    assert front.metric("pagerd_store_errors_total", operation="write") == 1

    front.store.fails = False
    assert (await front.fire("a")).json["changed"] == 1


async def test_an_unreadable_body_is_503_while_its_alarm_cannot_be_kept(front):
    """As long as nobody can be told, the sender shall come again."""
    front.store.fails = True
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=b"no json")

    assert answer.status == 503


async def test_too_many_bytes_at_once_are_503(tmp_path):
    """Memory has a limit of its own; whoever comes on top of it is asked to come again."""
    async with a_front(tmp_path, limits=WebLimits(held_bytes_max=10)) as front:
        assert (await front.fire("a")).status == 503
        assert front.app._intake.held_bytes == 0


async def test_a_sign_of_life_is_stored_every_ten_seconds_at_most(front):
    """Ten messages in a second are one sign of life; the next is due ten seconds later."""

    async def seen():
        return (await front.engine.read(queries.sources_seen))["prod"]

    start = front.clock.now()
    await front.fire("a")
    front.clock.move_to(start + timedelta(seconds=5))
    await front.fire("a")
    assert await seen() == start
    front.clock.move_to(start + timedelta(seconds=11))
    await front.fire("a")

    assert await seen() == start + timedelta(seconds=11)


async def test_large_bodies_are_read_beside_the_loop(tmp_path):
    """A body above a quarter of a MiB gives the same answer."""
    async with a_front(tmp_path, sources={"prod": a_source(body_max=2**20)}) as front:
        answer = await front.fire("a", padding=" " * 300_000)

        assert answer.status == 200


async def test_a_short_body_is_read_without_a_detour(tmp_path):
    """What the fast half of the parser reads is not given to a thread; what it leaves is."""
    read = []

    def at_once(body, _received_at, limits):
        read.append("at once")
        return None if b"odd" in body else simple_parser(body, NOON, limits)

    def parser(body, received_at, limits):
        read.append("in a thread" if threading.current_thread() is not threading.main_thread() else "in the loop")
        return simple_parser(body, received_at, limits)

    access = a_source(body_max=2**20, at_once=at_once, parser=parser)
    async with a_front(tmp_path, sources={"prod": access}) as front:
        for more in ({}, {"odd": 1}, {"padding": " " * 300_000}):
            assert (await front.fire("a", **more)).status == 200

    assert read == ["at once", "at once", "in a thread", "in a thread"]


async def test_an_alert_that_we_choke_on_does_not_take_its_siblings_with_it(front):
    """A fault of ours with one alert costs that alert alone: it is kept aside and told, the others are taken."""
    body = alerts_body("a", "b")
    body["alerts"][0]["labels"] = {"cluster": "nul \0 byte"}
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, json=body)

    assert answer.status == 200
    assert answer.json == {"accepted": 1, "changed": 1, "quarantined": 1}
    assert {page.subject.team for page in await open_pages(front)} == {"payments", "platform"}


async def test_a_binary_body_is_kept_as_text(front):
    """What was sent need not be text for its alarm to be raised."""
    answer = await front.ask("POST", PATH, token=SOURCE_TOKEN, data=bytes(range(256)))

    assert answer.status == 400
    assert len(await open_pages(front)) == 1


async def test_a_beat_is_a_post_whatever_it_brings(tmp_path):
    """A job needs no body, and may post its log: it is heard. Without the token, or by GET and HEAD, it is not."""
    traits = SourceTraits(name="backup", heartbeat=Heartbeat(name="backup", every=minutes(60), grace=minutes(5)))
    path = "/api/v1/heartbeat/backup"
    source = a_source("backup", kind="heartbeat", path=path, traits=traits, parser=heartbeat.parse)
    async with a_front(tmp_path, sources={"backup": source}) as front:
        refused = [
            (await front.ask("GET", path, token=SOURCE_TOKEN)).status,
            (await front.ask("HEAD", path, token=SOURCE_TOKEN)).status,
            (await front.ask("POST", path, token="another")).status,
        ]
        before = await front.engine.read(queries.sources_seen)
        beat = await front.ask("POST", path, token=SOURCE_TOKEN)
        seen = await front.engine.read(queries.sources_seen)
        waiting = await front.engine.read(lambda c: timers.find(c, "source", "backup"))
        with_log = await front.ask("POST", path, token=SOURCE_TOKEN, data=b"[" * 1000)

        assert refused == [405, 405, 401]
        assert before == {}
        assert (beat.status, with_log.status) == (200, 200)
        assert seen == {"backup": NOON}
        assert waiting.due == NOON + minutes(65)


@pytest.mark.parametrize(
    ("headers", "body"),
    [({}, b"x" * (BODY_MAX + 1)), ({"Content-Encoding": "gzip"}, b"not gzip at all")],
    ids=["too long for an alert", "not what its encoding says"],
)
async def test_what_a_beat_brings_is_not_read(tmp_path, headers, body):
    """Neither a long log nor nonsense pages anybody, and a beat is heard while a storm takes all the room."""
    traits = SourceTraits(name="backup", heartbeat=Heartbeat(name="backup", every=minutes(60), grace=minutes(5)))
    path = "/api/v1/heartbeat/backup"
    source = a_source("backup", kind="heartbeat", path=path, traits=traits, parser=heartbeat.parse)
    async with a_front(tmp_path, sources={"backup": source}, limits=WebLimits(held_bytes_max=0)) as front:
        beat = await front.ask("POST", path, token=SOURCE_TOKEN, headers=headers, data=body)

        assert beat.status == 200
        assert await front.engine.read(queries.sources_seen) == {"backup": NOON}
        assert await open_pages(front) == []


async def test_a_heartbeat_that_has_no_token_says_what_its_beat_is(tmp_path):
    """Whoever posts to it looks for a token that is nowhere."""
    fed = Heartbeat(name="eu", every=minutes(1), grace=minutes(5), fed_by="prod")
    path = "/api/v1/heartbeat/eu"
    source = a_source("eu", kind="heartbeat", path=path, traits=SourceTraits(name="eu", heartbeat=fed))
    async with a_front(tmp_path, sources={"eu": replace(source, token_hashes=list)}) as front:
        refused = await front.ask("POST", path, token=SOURCE_TOKEN)

    assert refused.status == 401
    assert refused.json["hint"] == "it has none: an alert of another source is its beat (`from` in pagerd.yaml)"

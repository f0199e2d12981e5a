"""What is counted is what happened: a world on virtual time in which things happen, and the text that is scraped."""

import ast
import asyncio
import re
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import pagerd
from pagerd.channels.base import AccountFault, DeliveryStatus, Receipt
from pagerd.core.errors import Unavailable, Unconfirmed
from pagerd.core.incidents.incident import Mode
from pagerd.core.people import Medium
from pagerd.engine import commands, replies, timers
from pagerd.engine.delivery import Delivery
from pagerd.engine.duty import Duty, duty
from pagerd.engine.incidents import commands as incident_commands
from pagerd.engine.incidents import declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.metrics import OTHER, Metrics
from pagerd.engine.metrics_catalogue import ALARM_KINDS, REPLIES, TIMER_KINDS
from pagerd.engine.metrics_gauges import Condition
from pagerd.engine.queries import Snapshot, snapshot
from pagerd.lab.phones import Mood, Sent
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.records import answers
from pagerd.stores.sqlite import SqliteStore
from pagerd.web.hooks import Intake
from pagerd.web.pages import Links
from pagerd.web.routes import all_routes
from tests.builders import NOON, a_plan, a_received_alert, a_schedule, a_team, minutes
from tests.tools.debian import binary

SERIES_MAX = 3000
PROVIDERS = (("sms", "twilio"), ("voice", "twilio"), ("email", "smtp"))


@pytest.fixture
def world():
    """A small company on virtual time."""
    return World(a_plan(), NOON)


def value(world, name, **labels):
    """Return one counted number, or None where there is no such series."""
    return world.engine.metrics.registry.get_sample_value(f"pagerd_{name}", labels)


def a_condition(plan, **fields):
    """Return a process in order."""
    known = {
        "now": NOON,
        "teams": tuple(plan.teams),
        "reload_ok": True,
        "reloaded_at": NOON,
        "config_hash": 0xFFFF_FFFF_FFFF,
        "findings": {"error": 0, "warning": 2},
        "store": SqliteStore.in_memory().figures(),
    }
    return Condition(**(known | fields))


async def scrape(world, **fields):
    """Return the text that Prometheus would get now."""
    now = world.clock.now()
    seen = await world.engine.read(lambda c: snapshot(c, now))
    condition = a_condition(world.engine.plan, **({"now": now, "store": world.store.figures()} | fields))
    return world.engine.metrics.render(condition, duty(world.engine.plan, now), seen).decode()


def lines(text):
    """Return the samples of a text."""
    return [line for line in text.splitlines() if not line.startswith("#")]


def families(text):
    """Count the samples of each family."""
    return Counter(re.sub(r"(_bucket|_sum|_count)?(\{.*)? \S+$", "", line) for line in lines(text))


async def a_page(world, fingerprint="f1", **labels):
    """Let an alert fire and its messages leave; return the id of its page."""
    await world.receive("alertmanager", a_received_alert(fingerprint=fingerprint, **labels))
    await world.settle()
    return (await world.open_pages())[0].id


class Slow:
    """A provider that takes two seconds, and then does what it is told to."""

    name = "slow"
    takes_answers = True

    def __init__(self, medium, clock, error=None, status=DeliveryStatus.ACCEPTED):
        self.medium, self._clock, self._error, self._status = medium, clock, error, status

    async def send(self, outgoing, deadline_seconds):
        self._clock.move_to(self._clock.now() + timedelta(seconds=2))
        if self._error is not None:
            raise self._error
        return Receipt(self.name, f"{self.medium}-1", self._status)


def with_provider(world, provider):
    """Let texts go by this provider."""
    world.engine.delivery = Delivery({provider.medium: (provider,)}, world.clock, None)


async def test_a_page_is_counted_on_its_way_to_the_phone(world):
    """Taken in, judged, opened, queued, taken by the provider: each once, and only there."""
    await a_page(world)

    assert value(world, "ingest_alerts_total", source="alertmanager", status="firing") == 1
    assert value(world, "rule_decisions_total", decision="page") == 1
    assert value(world, "pages_total", team="payments", severity="sev2") == 1
    assert value(world, "pages_total", team="platform", severity="sev2") == 0
    assert value(world, "notifications_queued_total", channel="sms", purpose="page") == 1
    assert value(world, "notifications_total", channel="sms", provider="lab-sms", status="accepted") == 1
    assert value(world, "notifications_total", channel="sms", provider="lab-sms", status="delivered") == 0
    assert value(world, "sms_segments_total", provider="lab-sms") == 1
    assert value(world, "provider_up", channel="sms", provider="lab-sms") == 1
    assert value(world, "provider_up", channel="voice", provider="lab-voice") is None


async def test_the_way_of_a_page_to_the_first_provider_is_timed_once(world):
    """From its opening to the first message that a provider took; the second message is another matter."""
    with_provider(world, Slow(Medium.SMS, world.clock))
    await a_page(world)
    await world.run_until(NOON + minutes(6))  # the secondary is texted too

    assert value(world, "notifications_total", channel="sms", provider="slow", status="accepted") == 2
    assert value(world, "page_dispatch_duration_seconds_count", severity="sev2") == 1
    assert value(world, "page_dispatch_duration_seconds_sum", severity="sev2") == 2
    assert value(world, "page_dispatch_duration_seconds_count", severity="sev1") == 0
    assert value(world, "notification_dispatch_seconds_count", channel="sms") == 2


async def test_a_merged_message_is_one_text_and_a_dispatch_of_each_of_its_pages(world):
    """Three pages in one text: the provider took one message, and three pages have reached it."""
    services = ("payments-api", "settlement", "checkout")
    await world.receive("alertmanager", *(a_received_alert(fingerprint=one, service=one) for one in services))
    await world.settle()
    await world.report(world.sent[0], DeliveryStatus.DELIVERED)

    labels = {"channel": "sms", "provider": "lab-sms"}
    assert value(world, "notifications_queued_total", channel="sms", purpose="page") == 3
    assert value(world, "notifications_total", **labels, status="accepted") == 1
    assert value(world, "notifications_total", **labels, status="delivered") == 1
    assert value(world, "notification_delivery_duration_seconds_count", **labels) == 1
    assert value(world, "page_dispatch_duration_seconds_count", severity="sev2") == 3


async def test_a_report_that_overtakes_the_answer_is_a_dispatch_too(world):
    """Twilio may report a text before its answer has arrived; that answer then counts nothing twice."""

    class Hasty(Slow):
        async def send(self, outgoing, deadline_seconds):
            receipt = await super().send(outgoing, deadline_seconds)
            await world.report(Sent(outgoing, receipt.provider_id), DeliveryStatus.SENT)
            return receipt

    with_provider(world, Hasty(Medium.SMS, world.clock))
    await a_page(world)

    assert value(world, "page_dispatch_duration_seconds_count", severity="sev2") == 1
    assert value(world, "page_dispatch_duration_seconds_sum", severity="sev2") == 2
    assert value(world, "notification_dispatch_seconds_count", channel="sms") == 1
    assert value(world, "notifications_total", channel="sms", provider="unknown", status="sent") == 1


async def test_a_page_that_cannot_be_read_is_not_timed_and_its_message_is_sent_once(world):
    """What is measured must not keep the outcome from being stored, or the text would go out again and again."""
    await world.receive("alertmanager", a_received_alert())
    await world.do(lambda work: work.c.execute("UPDATE pages SET body = '{}'"))
    await world.settle()

    assert value(world, "notifications_total", channel="sms", provider="lab-sms", status="accepted") == 1
    assert value(world, "notification_dispatch_seconds_count", channel="sms") == 1
    assert value(world, "page_dispatch_duration_seconds_count", severity="sev2") == 0


async def test_a_page_that_waited_for_its_provider_says_how_long():
    """While the provider is down nothing is dispatched; then the whole wait counts, over a crash in between too."""
    world = World(a_plan(media=frozenset({Medium.SMS})), NOON)
    world.phones[Medium.SMS].mood = Mood.DOWN
    await a_page(world)
    await world.run_until(NOON + minutes(1))
    assert value(world, "page_dispatch_duration_seconds_count", severity="sev2") == 0
    world.crash()
    world.phones[Medium.SMS].mood = Mood.WORKS
    await world.run_until(NOON + minutes(2))

    assert value(world, "page_dispatch_duration_seconds_count", severity="sev2") == 1
    assert value(world, "page_dispatch_duration_seconds_sum", severity="sev2") == 110


async def test_each_request_to_a_provider_is_timed_and_says_whether_it_works(world):
    """Two seconds are two seconds, whether it took the message or failed."""
    with_provider(world, Slow(Medium.SMS, world.clock))
    await a_page(world)
    labels = {"channel": "sms", "provider": "slow"}
    assert value(world, "notification_request_duration_seconds_sum", **labels) == 2
    assert value(world, "notification_request_duration_seconds_bucket", **labels, le="1.0") == 0
    assert value(world, "notification_request_duration_seconds_bucket", **labels, le="3.0") == 1
    assert value(world, "provider_up", **labels) == 1
    with_provider(world, Slow(Medium.SMS, world.clock, Unavailable("no answer")))
    await a_page(world, "f2", service="settlement", severity="sev1")  # the worst is never held back

    assert value(world, "notification_request_duration_seconds_sum", **labels) == 4
    assert value(world, "provider_up", **labels) == 0
    assert value(world, "sms_segments_total", provider="slow") == 1


async def test_what_is_brought_forward_is_not_late_by_less_than_nothing(world):
    """The call was due two minutes after the text, which fails twice: so it goes after five seconds."""
    world.phones[Medium.SMS].mood = Mood.DOWN
    await a_page(world)
    await world.run_until(NOON + timedelta(seconds=5))

    assert value(world, "notifications_total", channel="voice", provider="lab-voice", status="accepted") == 1
    assert value(world, "notification_dispatch_seconds_sum", channel="voice") == 0


async def test_a_second_call_is_one_more_notification(world):
    """Whom the first call did not reach is called once more: that went through the outbox too."""
    await a_page(world)
    await world.run_until(NOON + minutes(2))
    before = value(world, "notifications_queued_total", channel="voice", purpose="page")
    call = next(one for one in world.sent if one.outgoing.medium is Medium.VOICE)
    await world.report(call, DeliveryStatus.NOT_REACHED)

    assert value(world, "notifications_queued_total", channel="voice", purpose="page") == before + 1


async def test_a_provider_that_is_replaced_is_not_down_for_ever(world):
    """What was seen of it last goes with it; the new one stands at 0, and its attempts are counted."""
    with_provider(world, Slow(Medium.SMS, world.clock, Unavailable("no answer")))
    await a_page(world)
    assert value(world, "provider_up", channel="sms", provider="slow") == 0
    phone = world.phones[Medium.SMS]
    world.engine.delivery = Delivery({Medium.SMS: (phone,)}, world.clock, None)

    assert value(world, "provider_up", channel="sms", provider="slow") is None
    await a_page(world, "f2", service="settlement", severity="sev1")
    assert value(world, "provider_up", channel="sms", provider="lab-sms") == 1


@pytest.mark.parametrize(
    ("error", "reason", "up"),
    [
        (Unavailable("no answer"), "unavailable", 0),
        (Unconfirmed("it hung up"), "unconfirmed", 0),
        (AccountFault("no credit"), "account", 0),
    ],
)
async def test_a_failed_attempt_says_why(world, error, reason, up):
    """An account without credit is another trouble than a provider that is down."""
    with_provider(world, Slow(Medium.SMS, world.clock, error))
    await a_page(world)

    assert value(world, "notifications_failed_total", channel="sms", provider="slow", reason=reason) == 1
    assert value(world, "provider_up", channel="sms", provider="slow") == up


async def test_a_refused_contact_is_no_fault_of_the_provider(world):
    """The provider answered: it is up, and the notification came as far as `refused`."""
    world.phones[Medium.SMS].refuses.add(world.engine.plan.people["ana"].sms)
    await a_page(world)

    labels = {"channel": "sms", "provider": "lab-sms"}
    assert value(world, "notifications_failed_total", **labels, reason="refused") == 1
    assert value(world, "notifications_total", **labels, status="refused") == 1
    assert value(world, "provider_up", **labels) == 1
    assert value(world, "alarms_total", kind="contact_refused") == 1


async def test_a_provider_that_never_recovers_fails_the_notification(world):
    """After the last attempt it is counted as failed, once."""
    world.phones[Medium.SMS].mood = Mood.DOWN
    world.phones[Medium.VOICE].mood = Mood.DOWN
    await a_page(world)
    await world.run_until(NOON + minutes(4.9))

    labels = {"channel": "sms", "provider": "lab-sms"}
    assert value(world, "notifications_failed_total", **labels, reason="unavailable") == 6
    assert value(world, "notifications_total", **labels, status="failed") == 1


async def test_a_delivery_is_timed_from_the_provider_to_the_phone(world):
    """Forty seconds pass between the provider's yes and the receipt of the phone; what it says twice counts once."""
    await a_page(world)
    sent = world.sent[0]
    world.clock.move_to(NOON + timedelta(seconds=10))
    await world.report(sent, DeliveryStatus.SENT)
    world.clock.move_to(NOON + timedelta(seconds=40))
    await world.report(sent, DeliveryStatus.DELIVERED)
    await world.report(sent, DeliveryStatus.DELIVERED)

    labels = {"channel": "sms", "provider": "lab-sms"}
    assert value(world, "notification_delivery_duration_seconds_count", **labels) == 1
    assert value(world, "notification_delivery_duration_seconds_sum", **labels) == 40
    assert value(world, "notifications_total", **labels, status="delivered") == 1


async def test_of_a_call_the_time_until_it_was_answered_counts(world):
    """Who answered, nobody knows; the ringing is over."""
    await a_page(world)
    await world.run_until(NOON + minutes(2))
    call = next(one for one in world.sent if one.outgoing.medium is Medium.VOICE)
    world.clock.move_to(NOON + minutes(2.5))
    await world.report(call, DeliveryStatus.RINGING)
    await world.report(call, DeliveryStatus.ANSWERED)

    labels = {"channel": "voice", "provider": "lab-voice"}
    assert value(world, "notification_delivery_duration_seconds_sum", **labels) == 30


async def test_acknowledgements_are_counted_by_how_they_came(world):
    """A snooze takes a page too; whoever comes second takes nothing."""
    first = await a_page(world)
    world.clock.move_to(NOON + minutes(1))
    await world.do(lambda work: commands.acknowledge(work, first, "ana", "sms"))
    await world.do(lambda work: commands.acknowledge(work, first, "ben", "voice"))
    second = await a_page(world, "f2", service="settlement")
    await world.do(lambda work: commands.snooze(work, second, "ana", "link", minutes(30)))

    counted = {channel: value(world, "page_acks_total", channel=channel) for channel in ("sms", "voice", "link", "cli")}
    assert counted == {"sms": 1, "voice": 0, "link": 1, "cli": 0}
    assert value(world, "page_ack_duration_seconds_sum", severity="sev2") == 60
    assert value(world, "page_ack_duration_seconds_count", severity="sev2") == 2


@pytest.mark.parametrize(
    ("texts", "counted"),
    [
        ([("ana", "ack")], {"acted": 1}),
        ([("ana", "ack"), ("ana", "ack")], {"acted": 2}),
        ([("ana", "ack"), ("ben", "ack {code}")], {"acted": 1, "too_late": 1}),
        ([("ana", "ack"), ("ana", "undo")], {"acted": 2}),
        ([("ana", "ack"), ("ben", "undo {code}")], {"acted": 1, "too_late": 1}),
        ([("ana", "resolve"), ("ana", "ack {code}")], {"acted": 1, "too_late": 1}),
        ([("ana", "list")], {"listed": 1}),
        ([("ana", "no")], {"declined": 1}),
        ([("ana", "what?")], {"not_understood": 1}),
        ([("nobody", "ack")], {"stranger": 1}),
    ],
)
async def test_texts_are_counted_by_what_became_of_them(world, texts, counted):
    """What acted, what came too late, what only asked, and what nobody could make sense of."""
    page = await a_page(world)
    await world.run_until(NOON + minutes(5))  # ben is texted too
    for number, (person, text) in enumerate(texts):
        known = world.engine.plan.people.get(person)
        code = await world.engine.read(lambda c, who=person: answers.code_of(c, who, [page])) or ""
        said, sender = text.format(code=code), known.sms if known is not None else "+4915199999999"
        await world.do(lambda work, n=number, s=sender, t=said: replies.read_text(work, f"SM{n}", s, t, None))

    seen = {result: value(world, "replies_total", channel="sms", result=result) for result in REPLIES["sms"]}
    assert {result: count for result, count in seen.items() if count} == counted


async def test_only_the_first_acknowledgement_is_timed(world):
    """A page that was forgotten and taken again did not take forty minutes to be answered."""
    page = await a_page(world)
    await world.do(lambda work: commands.acknowledge(work, page, "ana", "sms"))
    await world.run_until(NOON + minutes(41))  # reminded twice, and triggered again
    await world.do(lambda work: commands.acknowledge(work, page, "ana", "cli"))

    assert value(world, "page_acks_total", channel="cli") == 1
    assert value(world, "page_ack_duration_seconds_count", severity="sev2") == 1
    assert value(world, "page_ack_duration_seconds_sum", severity="sev2") == 0


async def test_escalations_have_their_reasons_and_an_ended_policy_counts_once(world):
    """Every step goes by unanswered, then the last resort is paged again and again: one policy has ended."""
    policy = world.engine.plan.policies["standard"]
    await world.put_in_force(a_plan(policies={"standard": replace(policy, repeat=0)}))
    page = await a_page(world)
    await world.run_until(NOON + minutes(2))
    await world.do(lambda work: commands.escalate(work, page, "ana", "cli"))
    await world.run_until(NOON + minutes(60))

    assert value(world, "escalations_total", reason="manual") == 1
    assert value(world, "escalations_total", reason="timeout") >= 3
    assert value(world, "escalations_exhausted_total") == 1


async def test_a_late_timer_says_how_late(world):
    """The step ended a minute ago and nobody carried it out; two questions to the provider were due for five."""
    await a_page(world)
    world.clock.move_to(NOON + minutes(6))
    await world.settle()

    assert value(world, "timer_lag_seconds_sum") == 60 + 2 * 5 * 60
    assert value(world, "timer_lag_seconds_bucket", le="30.0") == 0
    assert value(world, "timer_lag_seconds_bucket", le="300.0") == 3


async def test_what_the_store_refuses_is_counted_whoever_asked(world):
    """A write and a read, of anybody."""
    await world.store.close()
    with pytest.raises(StoreUnavailable):
        await world.engine.transact(lambda work: commands.find_page(work, "p-1"))
    with pytest.raises(StoreUnavailable):
        await world.open_pages()

    assert value(world, "store_errors_total", operation="write") == 1
    assert value(world, "store_errors_total", operation="read") == 1


async def test_everything_that_can_be_known_stands_at_0(world):
    """Before anything happened, each team, severity, source, channel and reason has its series."""
    text = await scrape(world)

    for line in (
        'pagerd_pages_total{severity="sev1",team="payments"} 0.0',
        'pagerd_pages_open{state="acknowledged",team="platform"} 0.0',
        'pagerd_night_pages_total{team="platform"} 0.0',
        'pagerd_page_acks_total{channel="voice"} 0.0',
        'pagerd_page_ack_duration_seconds_bucket{le="300.0",severity="sev1"} 0.0',
        'pagerd_escalations_total{reason="timeout"} 0.0',
        'pagerd_notifications_total{channel="email",provider="lab-email",status="delivered"} 0.0',
        'pagerd_notifications_failed_total{channel="sms",provider="lab-sms",reason="unconfirmed"} 0.0',
        'pagerd_rule_criteria_failures_total{criterion="actionable"} 0.0',
        'pagerd_ingest_requests_total{result="error",source="alertmanager"} 0.0',
        'pagerd_replies_total{channel="sms",result="acted"} 0.0',
        'pagerd_alarms_total{kind="provider_failing"} 0.0',
        "pagerd_timer_lag_seconds_count 0.0",
        "pagerd_tickets_open 0.0",
    ):
        assert line in text.splitlines()
    assert 'severity="sev4"' not in "".join(line for line in lines(text) if "pages_total" in line)
    assert "_created" not in text


async def test_a_team_and_a_source_that_come_with_a_reload_stand_at_0_too(world):
    """Their first page must be seen by `increase()`."""
    plan = world.engine.plan
    await world.put_in_force(replace(plan, teams=plan.teams | {"data": a_team("data")}))
    world.engine.sources = {"tools": world.traits["alertmanager"]}

    assert value(world, "pages_total", team="data", severity="sev1") == 0
    assert value(world, "ingest_requests_total", source="tools", result="accepted") == 0


async def test_pages_of_a_team_that_left_the_files_are_still_shown(world):
    """It is open and nobody's: that is when it must not vanish."""
    await a_page(world)
    plan = world.engine.plan
    left = {team: one for team, one in plan.teams.items() if team != "payments"}
    text = await scrape(world, teams=tuple(left))

    assert 'pagerd_pages_open{state="triggered",team="payments"} 1.0' in text.splitlines()


async def test_gauges_of_what_waits_say_since_when(world):
    """An unanswered page is as old as its opening; a team without one has no line."""
    await a_page(world)
    world.clock.move_to(NOON + minutes(3))
    text = (await scrape(world)).splitlines()

    assert 'pagerd_page_oldest_unacked_seconds{team="payments"} 180.0' in text
    assert not [line for line in text if line.startswith('pagerd_page_oldest_unacked_seconds{team="platform"}')]
    assert 'pagerd_notification_queue_length{channel="voice"} 1.0' in text
    assert 'pagerd_notification_queue_oldest_seconds{channel="voice"} 60.0' in text


def test_the_process_shows_itself_and_what_it_runs_on():
    """CPU, memory and files, the garbage collector, Python; the versions as labels; the config as a number."""
    plan = a_plan()
    metrics = Metrics(revision="abcdef123456", sqlite="3.54.1")
    text = metrics.render(a_condition(plan), duty(plan, NOON), Snapshot(now=NOON)).decode()

    shown = families(text)
    assert {"process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds"} <= set(shown)
    assert {"python_info", "python_gc_collections_total"} <= set(shown)
    assert re.search(
        rf'^pagerd_build_info\{{python="3\.\d+\.\d+",revision="abcdef123456",sqlite="3.54.1",'
        rf'version="{re.escape(pagerd.__version__)}"\}} 1\.0$',
        text,
        re.MULTILINE,
    )
    assert float(re.search(r"^pagerd_config_hash (\S+)$", text, re.MULTILINE)[1]) == 0xFFFF_FFFF_FFFF
    assert 'pagerd_config_findings{severity="warning"} 2.0' in text


def test_without_the_store_everything_else_is_shown():
    """The counters are worth most when the store is in trouble; what it alone knows is left out, not shown as 0."""
    plan = a_plan()
    text = Metrics().render(a_condition(plan), duty(plan, NOON), None).decode().splitlines()

    assert "pagerd_store_up 0.0" in text
    assert 'pagerd_oncall{level="primary",team="payments",user="ana"} 1.0' in text
    assert 'pagerd_store_errors_total{operation="read"} 0.0' in text
    assert not [
        line for line in text if line.startswith(("pagerd_pages_open{", "pagerd_tickets_open ", "pagerd_alerts{"))
    ]


def test_a_store_that_asks_for_a_restart_is_not_up():
    """It may answer reads and still not be trusted."""
    plan = a_plan()
    broken = replace(SqliteStore.in_memory().figures(), is_failed=True)
    text = Metrics().render(a_condition(plan, store=broken), Duty(), Snapshot(now=NOON)).decode()

    assert "pagerd_store_up 0.0" in text.splitlines()


def a_large_company(count):
    """Return a plan with so many teams, each with two rotations and a lead."""
    plan = a_plan()
    teams = {f"team{n:03}": a_team(f"team{n:03}") for n in range(count)}
    schedules = {
        name: a_schedule(name, "ana", "ben") for team in teams.values() for name in list(team.roles.values())[:2]
    }
    return replace(plan, teams=teams, book=replace(plan.book, schedules=schedules))


def busy_metrics(plan):
    """Return metrics of a node on which everything has happened once."""
    metrics = Metrics()
    metrics.expect(plan, sources=("prod", "staging", "tools"), providers=PROVIDERS)
    for provider in PROVIDERS:
        metrics.count("provider_up", provider, 1)
    for route in all_routes(Intake(), Links()):
        metrics.answers(route.method, route.handler).note(200, 0.001)
        if "{" in route.path:
            metrics.answers(route.method, route.handler).note(404, 0.001)
    for code in (404, 405):
        metrics.answers(OTHER, OTHER).note(code, 0.001)
    return metrics


def test_two_hundred_teams_stay_within_the_budget():
    """At most 3,000 series of a node, on a bad day: 50 teams have a page without an answer, ten a gap in their week."""
    plan = a_large_company(200)
    names = list(plan.teams)
    trouble = replace(
        duty(plan, NOON),
        gaps=dict.fromkeys([(team, "primary") for team in names[:10]], minutes(5)),
        holes=tuple((team, "primary") for team in names[:10]),
        unreachable=dict.fromkeys(names[:10], 1),
    )
    seen = Snapshot(
        now=NOON,
        oldest_triggered=dict.fromkeys(names[:50], NOON),
        tickets_open=dict.fromkeys(names, 3),
        sources_seen=dict.fromkeys(("prod", "staging", "tools"), NOON),
    )
    text = busy_metrics(plan).render(a_condition(plan), trouble, seen).decode()

    assert families(text)["pagerd_pages_total"] == 600
    assert families(text)["pagerd_oncall"] == 400
    assert len(lines(text)) <= SERIES_MAX, families(text).most_common(12)


def test_no_histogram_grows_with_teams():
    """A team costs ten series when nothing is wrong with it, and none of them is a bucket."""

    def drawn(count):
        plan = a_large_company(count)
        text = busy_metrics(plan).render(a_condition(plan), duty(plan, NOON), Snapshot(now=NOON)).decode()
        return families(text)

    grown = drawn(30) - drawn(20)
    assert grown == {
        "pagerd_pages_total": 30,
        "pagerd_pages_open": 20,
        "pagerd_oncall": 20,
        "pagerd_oncall_next_handoff_timestamp_seconds": 20,
        "pagerd_night_pages_total": 10,
    }


@pytest.mark.parametrize(("mode", "seen"), [(Mode.LIVE, 1), (Mode.DRILL, 0)])
async def test_incidents_are_shown_and_counted_by_severity_and_drills_are_not(world, mode, seen):
    """One that is open, whose roles nobody holds and whose update is overdue; then resolved, taken up, resolved."""
    world.engine.metrics.expect(world.engine.plan, sources=(), providers=())
    said = Declaration(title="Nobody can pay", team="payments", severity="sev1", mode=mode)
    await world.do(lambda work: declaring.declare(work, "ana", "cli", said))
    await world.do(lambda work: incident_commands.take_role(work, 1, "ana", "cli", "ic"))
    await world.run_until(NOON + minutes(16))
    text = await scrape(world, severities=("sev1", "sev2"))

    assert f'pagerd_incidents_open{{severity="sev1"}} {seen}.0' in text
    assert 'pagerd_incidents_open{severity="sev2"} 0.0' in text
    assert f"pagerd_incident_updates_overdue {seen}.0" in text
    assert f"pagerd_incident_roles_unfilled {2 * seen}.0" in text
    for _ in range(2):
        await world.do(lambda work: incident_commands.resolve(work, 1, "ana", "cli", "over", "enough"))
        await world.do(lambda work: incident_commands.reopen(work, 1, "ana", "cli", "again"))
    assert value(world, "incidents_declared_total", severity="sev1") == seen
    assert value(world, "incidents_resolved_total", severity="sev1") == 2 * seen


async def test_promtool_finds_nothing_to_say(world):
    """Prometheus' own linter reads the whole text: names, units, help, order."""
    promtool = binary("promtool")
    await a_page(world)
    metrics = world.engine.metrics
    metrics.answers("GET", "/metrics").note(200, 0.001)
    text = await scrape(world)
    checked = await asyncio.to_thread(
        subprocess.run, [promtool, "check", "metrics"], input=text.encode(), capture_output=True, check=False
    )

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, b"", b"")


def calls(name):
    """Yield every call of a function or class of this name in pagerd."""
    for path in Path(pagerd.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                yield node


def test_every_kind_of_alarm_and_timer_has_its_series():
    """A new kind of trouble stands at 0 from the start, like the others."""
    raised = {
        word.value.value
        for call in calls("RaiseAlarm")
        for word in call.keywords
        if word.arg == "kind" and isinstance(word.value, ast.Constant)
    }
    raised |= {
        call.args[1].value for call in calls("alarm") if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
    }

    assert raised == set(ALARM_KINDS)
    assert set(timers._KINDS) == set(TIMER_KINDS)

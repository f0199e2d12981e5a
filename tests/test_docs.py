"""What the documentation says, compared with the code: links, commands, metrics, transcripts, replies, requests."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from prometheus_client import Metric

from pagerd.channels.twilio_codes import CODES
from pagerd.cli.main import COMMANDS
from pagerd.config.findings import FindingSeverity
from pagerd.config.holidays import FILE as HOLIDAYS
from pagerd.config.load import load, read_directory
from pagerd.core.paging.reply import Verb, read_reply
from pagerd.core.policy import HEARTBEATS, SUMMARY_MAX, Test
from pagerd.daemon.greeting import greeting
from pagerd.engine import own
from pagerd.engine.duty import Duty, duty
from pagerd.engine.metrics import Metrics
from pagerd.engine.metrics_gauges import Condition
from pagerd.engine.queries import Expected, Snapshot
from pagerd.sources import PARSERS
from pagerd.sources.base import Limits
from pagerd.stores.sqlite import SqliteStore
from pagerd.web.hooks import Intake
from pagerd.web.pages import Links
from pagerd.web.routes import all_routes
from tests.builders import NOON, a_plan
from tests.cli.fake_daemon import pagerd

DAY = timedelta(days=1)
ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
STORIES = ROOT / "tests" / "stories"

_FENCE = re.compile(r"^```(\S*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"\bpagerd (?:--as \w+ )?([a-z]+(?:-[a-z]+)*)\b")
_MAKE = re.compile(r"\bmake ([a-z]+)\b")
_ROW = re.compile(r"^\| (.*) \|$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def read(page: Path) -> str:
    """Return a page, or nothing for what is none: another test says whether it exists."""
    return page.read_text() if page.is_file() else ""


def doc(name: str) -> str:
    """Return a page of docs/."""
    return (ROOT / "docs" / name).read_text()


def prose(text: str) -> str:
    """Return the text without its fenced blocks."""
    return _FENCE.sub("", text)


def code_of(text: str) -> str:
    """Return all that is set as code: fenced blocks in a shell's or no language, and what stands between backticks."""
    blocks = [body for language, _, body in _FENCE.findall(text) if language in ("sh", "text", "")]
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", prose(text))])


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of every row of every table."""
    for row in _ROW.findall(text):
        yield [cell.strip() for cell in row.split(" | ")]


def test_readme_is_short():
    """A newcomer reads the whole README: it has under 150 lines."""
    assert len(README.read_text().splitlines()) < 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_resolve(page):
    """A link to a file of the repository leads to one, and a heading that it names exists there."""
    broken = []
    for link in _LINK.findall(prose(page.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = page if not path else (page.parent / path).resolve()
        slugs = {
            re.sub(r"[^\w -]", "", one).strip().lower().replace(" ", "-") for one in _HEADING.findall(read(target))
        }
        if not target.exists() or (anchor and anchor not in slugs):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", [*PAGES], ids=lambda page: page.name)
def test_commands_exist(page):
    """Each `pagerd COMMAND` and `make TARGET` that is set as code exists."""
    code = code_of(page.read_text())
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    # `pagerd run` prints "pagerd runs on plan ...", which is no command.
    said = {word for word in _COMMAND.findall(code) if word != "runs"}
    assert said <= set(COMMANDS), f"not commands: {sorted(said - set(COMMANDS))}"
    assert set(_MAKE.findall(code)) <= targets


def test_readme_shows_what_a_newcomer_needs():
    """The README has the commands with which a first page is raised and answered."""
    code = code_of(README.read_text())

    for wanted in ("make run", "make test", "curl ", "pagerd pages", " ack p-"):
        assert wanted in code


def test_readme_raises_the_alert_that_the_daemon_proposes():
    """The curl line of the README is the one that ends the start-up lines on the example config."""
    example = load(read_directory(ROOT), now=NOON)
    assert example.plan is not None
    assert example.settings is not None

    *_, proposed = greeting(example.plan, example.settings, Path(), NOON, is_current=True)
    assert proposed in README.read_text()


def test_requests_in_docs_have_routes():
    """Each path of the API that a page names is a route of the daemon."""
    routes = {re.sub(r"\{\w+\}", "{}", route.path) for route in all_routes(Intake(), Links())}
    # Prometheus is told the path without what it adds itself.
    routes |= {path.removesuffix("/api/v2/alerts") for path in routes}
    parameter = re.compile(
        r"\{\w+\}|(?<=/alerts/)tools|(?<=/alertmanager/)prod|(?<=/prometheus/)metrics|(?<=/grafana/)graphs"
        r"|(?<=/heartbeat/)ledger-backup|(?<=/changes/)pipelines"
    )
    unknown = {
        (page.name, path)
        for page in PAGES
        for path in re.findall(r"/(?:api/v1|-)/[\w{}/-]+(?:\.json)?", page.read_text())
        if parameter.sub("{}", path) not in routes
    }

    assert unknown == set()


def test_curl_bodies_can_be_read():
    """Each JSON body that a page gives for the webhook is one that the source reads without a complaint."""
    bodies = [body for page in PAGES for body in re.findall(r"-d '(\{.+?\})'", page.read_text())]
    bodies += [body for language, _, body in _FENCE.findall(doc("webhook.md")) if language == "json"]

    assert len(bodies) >= 4
    for body in bodies:
        batch = PARSERS["generic"](body.encode(), NOON, Limits())
        assert batch.alerts
        assert not batch.quarantined


def config_snippets() -> list[tuple[str, str]]:
    """Return each YAML of ours in the docs, with the file of the example config that it belongs into."""
    found = []
    for page in PAGES:
        for language, _, body in _FENCE.findall(page.read_text()):
            is_of_others = re.search(r"^ *receivers:\n *-", body, re.MULTILINE) or "alertmanagers:" in body
            if language != "yaml" or is_of_others or page.name == "config.md":
                continue
            parts = re.split(r"^# (\S+\.yaml): .*\n", body, flags=re.MULTILINE)
            found += list(zip(parts[1::2], parts[2::2], strict=True)) or [("", body)]
    return found


@pytest.mark.parametrize(("file", "snippet"), config_snippets())
def test_config_snippets_are_right(file, snippet):
    """YAML in the docs means something: put into the example config, no error is found in it."""
    files = {HOLIDAYS: "holidays: {germany: {days: {2026-12-25: Christmas Day}}}\n", **read_directory(ROOT)}
    if not file:
        file = "rules/payments.yaml" if snippet.startswith("  - name:") else "pagerd.yaml"
    if file == "pagerd.yaml":
        others = "" if "channels:" in snippet else "channels: {sms: [{kind: console}], email: [{kind: console}]}\n"
        files[file] = f"version: 1\noperators: [dora]\n{others}{snippet}"
    elif snippet.startswith("schedules:"):
        schedule = snippet.removeprefix("schedules:\n")
        files[file] = re.sub(r"^  payments-primary:\n(?:    .*\n)+", schedule, files[file], flags=re.MULTILINE)
    elif file == "rules/incidents.yaml":
        # Whoever is named in it stands in the other file, which the page shows as well.
        named = sorted({name for some in re.findall(r"to: \[(.+?)\]", snippet) for name in some.split(", ")})
        files["pagerd.yaml"] += "prometheus: {main: {url: http://prometheus:9090}}\n"
        files["pagerd.yaml"] += "".join(
            ["receivers:\n", *(f"  {name}: {{kind: mail, to: [x@example.com]}}\n" for name in named)] if named else []
        )
        files[file] = snippet
    elif snippet.startswith("team:") or file == HOLIDAYS:
        files[file] = snippet
    else:
        files[file] = files[file].replace("rules: ", f"rules:\n{snippet}#", 1)

    found = [
        f"{one.span}: {one.message}"
        for one in load(files, now=NOON).findings
        if one.span.file == file and one.severity is FindingSeverity.ERROR
    ]
    assert found == []


def documented_metrics() -> dict[str, tuple[str, ...]]:
    """Return the labels of each metric in the tables."""
    return {
        cells[0].strip("`"): tuple(re.findall(r"`(\w+)`", cells[1]))
        for cells in rows(doc("metrics.md"))
        if cells[0].startswith("`")
    }


def all_families() -> list[Metric]:
    """Return every family that a scrape shows."""
    condition = Condition(
        now=NOON, teams=(), reload_ok=True, reloaded_at=None, config_hash=0, store=SqliteStore.in_memory().figures()
    )
    return list(Metrics().families(condition, Duty(), Snapshot(now=NOON)))


def test_every_metric_is_documented_and_every_documented_one_exists():
    """docs/metrics.md names what a scrape shows, under the name that it shows, and nothing else."""
    shown = {family.name + {"counter": "_total", "info": "_info"}.get(family.type, "") for family in all_families()}

    assert set(documented_metrics()) == shown


def test_labels_of_metrics_are_documented():
    """Each of our metrics has the labels that docs/metrics.md gives, whether something happened to it or not."""
    plan = a_plan()
    metrics = Metrics()
    metrics.expect(plan, sources=("prod",), providers=(("sms", "twilio"),), asked=("prod",))
    metrics.count("provider_up", ("sms", "twilio"), 1)
    metrics.answers("GET", "/metrics")
    condition = Condition(
        now=NOON,
        teams=tuple(plan.teams),
        severities=("sev1",),
        reload_ok=True,
        reloaded_at=NOON,
        config_hash=7,
        findings={"error": 0},
        troubles={("sms", "twilio"): True},
        store=SqliteStore.in_memory().figures(),
    )
    level = ("payments", "primary")
    trouble = replace(duty(plan, NOON), gaps={level: DAY}, holes=(level,), unreachable={"payments": 1})
    seen = Snapshot(
        now=NOON,
        oldest_triggered={"payments": NOON},
        sources_seen={"prod": NOON},
        heartbeats={"backup": Expected(NOON, is_late=False)},
    )
    documented = documented_metrics()

    for family in metrics.families(condition, trouble, seen):
        assert family.samples, f"{family.name} shows nothing, whatever happens"
        name = family.name + {"counter": "_total", "info": "_info"}.get(family.type, "")
        for sample in family.samples:
            assert set(sample.labels) - {"le"} == set(documented[name]), name


def story_excerpts() -> list[tuple[str, str]]:
    """Return each transcript with the name of its story."""
    return [
        (attributes.removeprefix(" story="), body)
        for language, attributes, body in _FENCE.findall(doc("concepts.md"))
        if language == "text"
    ]


@pytest.mark.parametrize(("story", "excerpt"), story_excerpts())
def test_transcripts_are_those_of_the_stories(story, excerpt):
    """A transcript in docs/concepts.md is of a story of the tests: its lines stand there, in this order."""
    lines = iter((STORIES / f"{story}.story").read_text().splitlines())

    for quoted in excerpt.splitlines():
        assert any(line == quoted for line in lines), f"{story}.story has not, or not there: {quoted}"


def explained_commands() -> list[tuple[str, str]]:
    """Return each command of docs/explain.md with what it is said to print."""
    blocks = [(language, body) for language, _, body in _FENCE.findall(doc("explain.md"))]
    return [(said, then) for (kind, said), (_, then) in pairwise(blocks) if kind == "sh"]


@pytest.mark.parametrize(("said", "printed"), explained_commands())
def test_explanations_are_printed_as_their_page_shows(said, printed):
    """A command of docs/explain.md prints what stands below it; only the revision is that of the files as they are."""
    name, *arguments = shlex.split(said)
    run = pagerd(*arguments, cwd=ROOT)

    assert (name, run.returncode) == ("pagerd", 0)
    assert re.sub(r"under plan \S+", "under plan 7d1a898d1865", run.stdout) == printed


def test_the_worked_example_is_there():
    """Two commands: the alert that did not page, and the one that does."""
    assert [re.search(r"It \w+ a \w+", then)[0] for _, then in explained_commands()] == [
        "It becomes a ticket",
        "It opens a page",
    ]


VERBS = {
    "acknowledges": Verb.ACK,
    "pages": Verb.ESCALATE,
    "resolves": Verb.RESOLVE,
    "snoozes": Verb.SNOOZE,
    "lists": Verb.LIST,
    "undoes": Verb.UNDO,
}


def replies() -> list[tuple[str, Verb]]:
    """Return each text of the table with what it is said to do."""
    table = doc("answering.md").partition("## By text")[2].partition("## By key")[0]
    return [
        (text, VERBS[re.split(r"[ ,]", cells[1])[0]])
        for cells in rows(table)
        if cells[0].startswith("`")
        for text in re.findall(r"`([^`]+)`", cells[0])
    ]


@pytest.mark.parametrize(("text", "verb"), replies())
def test_replies_do_what_their_page_says(text, verb):
    """A text in the table of docs/answering.md does what stands beside it."""
    reply = read_reply(text)

    assert reply.verb is verb
    assert (reply.code == "47") == ("47" in text)


def test_provider_codes_are_documented():
    """docs/twilio.md lists each error code with its class and its words, as the code knows them."""
    listed = {
        int(cells[0]): (cells[1], cells[2])
        for cells in rows(doc("twilio.md"))
        if cells[0].isdigit() and len(cells) == 3
    }

    assert listed == {code: (kind.value, words) for code, (kind, words) in CODES.items()}


def test_concepts_name_what_there_is():
    """docs/concepts.md names the four tests, the heartbeats, the limit of a summary, and pagerd's own alerts."""
    text = doc("concepts.md")

    names = [*(f"**{test}**" for test in Test), *HEARTBEATS, str(SUMMARY_MAX)]
    names += [kind.alertname for kind in (own.UNREADABLE, own.TRUNCATED, own.SILENT)]
    assert [name for name in names if name not in text] == []

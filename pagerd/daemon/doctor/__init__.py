"""Examines what pagerd depends on, side by side, each under a deadline, and says what to do about what is not well.

Nothing is sent to anybody and nothing is changed: no mail, no text, no heartbeat. The daemon examines with its own
secrets and its own network; without it, the same is done by whoever asks.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from pagerd.config.reading import read_config
from pagerd.config.settings import PostgresSettings, Settings
from pagerd.core.errors import PagerdError
from pagerd.daemon.doctor import host, instruments, network, nodes, providers
from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.daemon.driver import check_driver
from pagerd.engine.clock import Clock, SystemClock
from pagerd.engine.fleet import Node

log = structlog.get_logger()

DEADLINE_SECONDS = 10.0
"""Of each examination; all of them run side by side, so this is what the whole takes at the most."""

Examination = Callable[[], Awaitable[Sequence[Check]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is examined. `instance` is the running daemon's own id; None where none is running.

    `nodes` are those of its store, as it saw them at `nodes_at`; nothing where it has a store alone.
    """

    directory: Path
    settings: Settings
    clock: Clock
    instance: str | None
    nodes: tuple[Node, ...] = ()
    nodes_at: datetime | None = None


async def examine(case: Case) -> list[Check]:
    """Examine everything, and return it in the order in which people think of it."""
    directory, settings = case.directory, case.settings
    asked: list[tuple[str, Examination]] = [
        ("versions", host.versions),
        ("config", lambda: host.config(directory, case.clock.now())),
        ("secrets", lambda: host.secrets(settings, directory)),
        ("disk", lambda: host.disk(settings, directory)),
        *_of_the_server(case),
        ("clock", lambda: network.clock(settings, directory, case.clock)),
        *((f"dns {name}", lambda name=name: network.dns(name)) for name in network.hosts_of(settings, directory)),
        *providers.examinations(settings, directory, case.clock),
        *(
            (f"prometheus {name}", lambda name=name, api=api: instruments.prometheus(name, api, directory))
            for name, api in settings.prometheus.items()
        ),
        ("nodes", lambda: nodes.examine(case.nodes, case.nodes_at)),
        ("public URL", lambda: network.public_url(settings, case.instance, [one.id for one in case.nodes])),
        ("heartbeat", lambda: network.heartbeat(settings, directory)),
    ]
    found = await asyncio.gather(*(_in_time(name, one) for name, one in asked))
    return [check for checks in found for check in checks]


def _of_the_server(case: Case) -> list[tuple[str, Examination]]:
    store = case.settings.store
    if not isinstance(store, PostgresSettings):
        return []

    async def examine_it() -> Sequence[Check]:
        check_driver()
        from pagerd.daemon.doctor import database  # noqa: PLC0415  # it loads the driver, which others need not have

        return await database.examine(store, case.directory, case.clock)

    return [("database", examine_it)]


async def _in_time(name: str, one: Examination) -> Sequence[Check]:
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            return await one()
    except TimeoutError:
        hint = "look at the network between here and there: firewall, proxy, route"
        return [Check(name, Verdict.FAIL, f"no answer within {DEADLINE_SECONDS:.0f} s", hint)]
    except PagerdError as error:
        return [Check(name, Verdict.FAIL, str(error), "see the words on the left")]
    except Exception as error:
        # An examination that fails is a finding, and the others are still worth knowing.
        log.exception("doctor.failed", about=name)
        return [Check(name, Verdict.FAIL, f"pagerd failed to examine it: {type(error).__name__}", "this is a bug")]


def examine_here(directory: Path) -> list[Check]:
    """Examine what the files of a directory name, from this very process."""
    clock = SystemClock()
    settings = read_config(directory, clock.now())[1].settings
    if settings is None:
        # What the files say cannot be known; what they look like can.
        settings = Settings()
    with asyncio.Runner() as runner:
        return runner.run(examine(Case(directory=directory, settings=settings, clock=clock, instance=None)))

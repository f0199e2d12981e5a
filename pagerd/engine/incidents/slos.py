"""Asks each Prometheus about the objectives of teams, outside any transaction: evidence for the ladder."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap

import structlog

from pagerd.core.actions import looks
from pagerd.core.actions.item import CheckState
from pagerd.core.errors import PagerdError
from pagerd.core.incidents import checks
from pagerd.core.incidents.checks import PromqlCheck, Sample
from pagerd.core.incidents.incident import ReadingState
from pagerd.core.incidents.ladder import Found
from pagerd.core.incidents.ladder_rules import Slo
from pagerd.core.plan import Plan
from pagerd.engine.incidents.sampling import Instruments

log = structlog.get_logger()

QUESTIONS_MAX = 8
"""In the air at once: whoever looks at the ladder of thirty teams must not hold up what is read for an incident."""


async def look(instruments: Instruments | None, plan: Plan, teams: Iterable[str]) -> Mapping[str, Found]:
    """Return what was found of the objectives of teams, by team; nothing of those that name none.

    An objective that cannot be read, or is not kept, is against it, and says why.
    """
    room = asyncio.Semaphore(QUESTIONS_MAX)

    async def one(slo: Slo) -> Sample:
        async with room:
            return await _sample(instruments, slo)

    async def of_team(team: str, slos: Sequence[Slo]) -> tuple[str, Found]:
        samples = await asyncio.gather(*map(one, slos))
        good = [sample.why for sample in samples if sample.state is ReadingState.GREEN]
        bad = [sample.why for sample in samples if sample.state is not ReadingState.GREEN]
        return team, Found(met=len(good), evidence=tuple(good), against=tuple(bad))

    wanted = ((team, plan.incidents.ladder.slos[team]) for team in teams if team in plan.incidents.ladder.slos)
    return dict(await asyncio.gather(*starmap(of_team, wanted)))


async def _sample(instruments: Instruments | None, slo: Slo) -> Sample:
    name = checks.named(slo) if isinstance(slo, PromqlCheck) else slo.name or f"rule {slo.rule}"
    try:
        if instruments is None:
            return Sample(ReadingState.UNKNOWN, f"{name}: there is no Prometheus")
        if isinstance(slo, PromqlCheck):
            return checks.of_values(slo, await instruments.values(slo.prometheus, slo.expression, slo.within))
        healths = await instruments.alert_rules(slo.prometheus, slo.rule, checks.WITHIN)
        found = looks.of_rules(slo.rule, slo.prometheus, healths)
        state = ReadingState.GREEN if found.state is CheckState.MET else ReadingState.RED
        return Sample(state, f"{name}: {found.what}" if slo.name else found.what)
    except PagerdError as error:
        return Sample(ReadingState.UNKNOWN, f"{name}: {error}")
    except Exception as error:
        log.exception("slo.failed", slo=name)
        return Sample(ReadingState.UNKNOWN, f"{name}: pagerd failed to read it: {type(error).__name__}")

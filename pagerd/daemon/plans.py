"""Which plan is in force: the files', or the last good one when they are broken, with what is stored laid over it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog

from pagerd.config.findings import Finding, errors, render
from pagerd.config.load import load
from pagerd.config.reading import read_config
from pagerd.config.settings import Settings
from pagerd.core.errors import InvalidPlan
from pagerd.core.plan import Plan
from pagerd.engine import apply, sweep
from pagerd.engine import stored as stored_engine
from pagerd.engine.clock import Clock
from pagerd.engine.engine import Engine
from pagerd.engine.work import Work
from pagerd.stores.base import Connection, Store
from pagerd.stores.records import stored

log = structlog.get_logger()

DEFAULTS = Settings()
"""Where things are while the files cannot be read."""


FINDINGS_LOGGED_MAX = 20
"""Findings in one line of the log; `pagerd check` has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What the daemon runs on. `findings` are of the files as they are; `is_current` says whether those are used."""

    plan: Plan
    settings: Settings
    files: Mapping[str, str]
    findings: tuple[Finding, ...]
    is_current: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadResult:
    """What a reload did: a new revision in force, or the old one kept and why."""

    ok: bool
    revision: str
    findings: tuple[Finding, ...]
    rendered: str


def read_or_refuse(directory: Path, now: datetime) -> None:
    """Raise InvalidPlan, with everything that is wrong, where the files alone cannot be run on."""
    files, loaded = read_config(directory, now)
    if loaded.plan is None:
        raise _nothing_to_run_on(directory, render(loaded.findings, files))


def _nothing_to_run_on(directory: Path, rendered: str) -> InvalidPlan:
    return InvalidPlan(f"the config in {directory} cannot be used, and there is no earlier one:\n{rendered}")


def read_old(files: Mapping[str, str], revision: str, at: datetime) -> Plan:
    """Make a plan of texts that were in force once. Raises InvalidPlan where this version cannot read them."""
    plan = load(files, now=at).plan
    if plan is None:
        raise InvalidPlan(f"the files of revision {revision} cannot be read by this version of pagerd")
    return replace(plan, revision=revision)


async def at_start(store: Store, directory: Path, clock: Clock) -> InForce:
    """Return what to run on: the files, else the last good plan, loudly. Raises InvalidPlan when there is neither."""
    now = clock.now()
    files, loaded = read_config(directory, now)
    if loaded.plan is not None and loaded.settings is not None:
        await _keep(store, loaded.plan.revision, now, files)
        return InForce(
            plan=await _laid_over(store, loaded.plan, now),
            settings=loaded.settings,
            files=files,
            findings=loaded.findings,
            is_current=True,
            since=now,
        )
    rendered = render(loaded.findings, files)
    last = await store.read(stored.last_plan)
    if last is None:
        raise _nothing_to_run_on(directory, rendered)
    revision, since, last_files = last
    old = load(last_files, now=now)
    if old.plan is None or old.settings is None:
        raise InvalidPlan(
            f"the config in {directory} cannot be used, nor the last good one ({revision}) by this version:\n{rendered}"
        )
    log.error("config.broken_at_start", revision_in_force=revision, **_logged(loaded.findings))
    return InForce(
        plan=await _laid_over(store, old.plan, now),
        settings=old.settings,
        files=last_files,
        findings=loaded.findings,
        is_current=False,
        since=since,
    )


class Plans:
    """Holds what is in force, and swaps it whole or not at all."""

    def __init__(self, directory: Path, engine: Engine, in_force: InForce) -> None:
        self._directory = directory
        self._engine = engine
        self.in_force = in_force

    async def reload(self) -> ReloadResult:
        """Read the files again. A plan without an error comes into force; else the old one stays, loudly."""
        now = self._engine.clock.now()
        # A large company's files take a second: pages go on meanwhile.
        files, loaded = await asyncio.to_thread(read_config, self._directory, now)
        rendered = render(loaded.findings, files)
        old = self.in_force
        if loaded.plan is None or loaded.settings is None:
            log.error("config.reload_failed", revision_in_force=old.plan.revision, **_logged(loaded.findings))
            self.in_force = InForce(
                plan=old.plan,
                settings=old.settings,
                files=old.files,
                findings=loaded.findings,
                is_current=False,
                since=old.since,
            )
            await self._engine.transact(_tell_operators_of_broken_config)
            return ReloadResult(ok=False, revision=old.plan.revision, findings=loaded.findings, rendered=rendered)
        await _keep(self._engine.store, loaded.plan.revision, now, files)
        plan = await _laid_over(self._engine.store, loaded.plan, now)
        self.in_force = InForce(
            plan=plan, settings=loaded.settings, files=files, findings=loaded.findings, is_current=True, since=now
        )
        self._engine.plan = plan
        await self._engine.transact(sweep.under_new_plan)
        log.info("config.reloaded", revision=plan.revision, warnings=len(loaded.findings))
        return ReloadResult(ok=True, revision=plan.revision, findings=loaded.findings, rendered=rendered)


def _logged(findings: tuple[Finding, ...]) -> dict[str, object]:
    """Return what the log says of broken files: how many errors, and where the first are."""
    broken = errors(findings)
    first = [f"{one.span} {one.id} {one.message}" for one in broken[:FINDINGS_LOGGED_MAX]]
    return {"errors": len(broken), "findings": first}


async def _tell_operators_of_broken_config(work: Work) -> None:
    text = "the config files are broken: pagerd goes on with the last good plan. `pagerd check` says where"
    await apply.alarm(work, "config_reload_failed", "config", text)


async def _keep(store: Store, revision: str, now: datetime, files: Mapping[str, str]) -> None:
    await store.write(lambda c: stored.put_plan(c, revision, now, dict(files)))


async def _laid_over(store: Store, plan: Plan, now: datetime) -> Plan:
    async def lay(c: Connection) -> Plan:
        return await stored_engine.lay_over(c, plan, now)

    return await store.read(lay)

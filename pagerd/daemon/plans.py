"""Which plan is in force: the files', or the last good one when they are broken, with what is stored laid over it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog

from pagerd.config.findings import Finding, Span, errors, render
from pagerd.config.installation import FILE as SETTINGS_FILE
from pagerd.config.load import load, people_of, settings_of
from pagerd.config.reading import read_config
from pagerd.config.settings import PostgresSettings, Settings
from pagerd.core.errors import InvalidPlan
from pagerd.core.plan import Plan
from pagerd.daemon.wiring import Wiring, wired
from pagerd.engine import apply, audit, questions, sessions
from pagerd.engine import stored as stored_engine
from pagerd.engine.boundaries import Boundary
from pagerd.engine.clock import Clock
from pagerd.engine.engine import Engine
from pagerd.engine.work import Work
from pagerd.stores.base import Connection, Store
from pagerd.stores.records import stored
from pagerd.web.services import KnownAs

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
        settings=_here(old.settings, files),
        files=last_files,
        findings=loaded.findings,
        is_current=False,
        since=since,
    )


def _here(last: Settings, files: Mapping[str, str]) -> Settings:
    """Return the settings of the last good plan, but for where this node is: another one may have stored that plan."""
    own = settings_of(files)
    if own is None or not isinstance(own.store, PostgresSettings):
        return last
    return replace(last, listen=own.listen, state_dir=own.state_dir, store=own.store)


class Plans:
    """Holds what is in force, and swaps it whole or not at all.

    `swapped` is called in the same step as the swap, with what was wired of the new settings.
    """

    def __init__(self, directory: Path, engine: Engine, in_force: InForce, swapped: Callable[[Wiring], None]) -> None:
        self._directory = directory
        self._engine = engine
        self._swapped = swapped
        self._one_at_a_time = asyncio.Lock()
        self.in_force = in_force

    async def reload(self) -> ReloadResult:
        """Read the files and their secrets again. What has no error comes into force whole; else all stays, loudly."""
        async with self._one_at_a_time:
            return await self._reload()

    async def _reload(self) -> ReloadResult:
        now = self._engine.clock.now()
        # A large company's files take a second: pages go on meanwhile.
        files, loaded = await asyncio.to_thread(read_config, self._directory, now)
        if loaded.plan is None or loaded.settings is None:
            text = "the config files are broken: pagerd goes on with the last good plan. `pagerd check` says where"
            return await self._keep_all(loaded.findings, files, text)
        try:
            new = await asyncio.to_thread(
                wired, loaded.settings, self._directory, self._engine.clock, observing=self._engine.observing
            )
        except (InvalidPlan, OSError) as fault:
            hint = "nothing was changed: the plan and the channels of before are in force"
            finding = Finding("E610", Span(SETTINGS_FILE), str(fault), hint=hint)
            text = f"a reload failed, pagerd goes on with what it had: {fault}"
            return await self._keep_all((finding, *loaded.findings), files, text)
        self._engine.boundaries.before(Boundary.PLAN_SWAPPED)
        try:
            await _keep(self._engine.store, loaded.plan.revision, now, files)
            plan = await _laid_over(self._engine.store, loaded.plan, now)
        except BaseException:
            await new.retire(0)
            raise
        # Nothing is awaited between here and the last line of the swap: nobody sees half of it.
        self.in_force = InForce(
            plan=plan, settings=loaded.settings, files=files, findings=loaded.findings, is_current=True, since=now
        )
        with_links = loaded.settings.public_url is not None
        self._engine.put_in_force(plan, new.delivery, new.traits, with_links=with_links, hearing=new.hearing)
        self._swapped(new)
        self._engine.boundaries.after(Boundary.PLAN_SWAPPED)
        # Laid over once more: a silence may have been stored since the plan was laid over.
        await self._engine.transact(stored_engine.lay_again)
        await self._engine.transact(questions.begin)
        await self._engine.transact(sessions.sweep)
        log.info("config.reloaded", revision=plan.revision, warnings=len(loaded.findings))
        rendered = render(loaded.findings, files)
        return ReloadResult(ok=True, revision=plan.revision, findings=loaded.findings, rendered=rendered)

    async def _keep_all(self, findings: tuple[Finding, ...], files: Mapping[str, str], text: str) -> ReloadResult:
        """Leave everything as it is, and say why: in the log, in the status, and to the operators."""
        self.in_force = replace(self.in_force, findings=findings, is_current=False)
        revision = self.in_force.plan.revision
        log.error("config.reload_failed", revision_in_force=revision, **_logged(findings))

        async def tell_operators(work: Work) -> None:
            await apply.alarm(work, "config_reload_failed", "config", text)

        await self._engine.transact(tell_operators)
        return ReloadResult(ok=False, revision=revision, findings=findings, rendered=render(findings, files))


def _logged(findings: tuple[Finding, ...]) -> dict[str, object]:
    """Return what the log says of broken files: how many errors, and where the first are."""
    broken = errors(findings)
    first = [f"{one.span} {one.id} {one.message}" for one in broken[:FINDINGS_LOGGED_MAX]]
    return {"errors": len(broken), "findings": first}


async def known_as(store: Store, person: str) -> KnownAs:
    """Return what a person was called, and where they were reached, in all plans that are stored."""
    names: set[str] = set()
    addresses: set[str] = set()
    for files in await store.read(stored.plans):
        # Files of a large company take a moment each: pages go on meanwhile.
        known = (await asyncio.to_thread(people_of, files)).get(person)
        if known is not None:
            names.add(known.name)
            addresses.update(one for one in (known.sms, known.voice, known.email) if one is not None)
    return KnownAs(names=frozenset(names), addresses=frozenset(addresses))


async def _keep(store: Store, revision: str, now: datetime, files: Mapping[str, str]) -> None:
    await store.write(lambda c: audit.config_in_force(c, now, revision, files))


async def _laid_over(store: Store, plan: Plan, now: datetime) -> Plan:
    async def lay(c: Connection) -> Plan:
        return await stored_engine.lay_over(c, plan, now)

    return await store.read(lay)

"""From the texts of a config directory to a plan and settings, or to everything that is wrong with them.

Pure: the same texts and the same instant give the same result, so that the daemon can keep the texts of the last good
load and start from them. The instant decides only what is noted as over, or as not covered soon.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

from pagerd.config import document, holidays, people
from pagerd.config.assemble import assemble
from pagerd.config.check import check
from pagerd.config.directory import FOLDERS, IGNORED, DirectoryRefused, read_directory
from pagerd.config.document import Node
from pagerd.config.escalation import FILE as ESCALATION_FILE
from pagerd.config.escalation import read_escalation
from pagerd.config.findings import TOLD_MAX, Finding, Span, errors, in_order
from pagerd.config.incidents import FILE as INCIDENTS_FILE
from pagerd.config.incidents import read_incidents
from pagerd.config.installation import FILE as SETTINGS_FILE
from pagerd.config.installation import read_installation
from pagerd.config.parts import Parts
from pagerd.config.places import ONCE, is_misplaced
from pagerd.config.reader import Origin, Path, Reader
from pagerd.config.rotations import read_team
from pagerd.config.rules import OWNERS_FILE, read_owners, read_rules
from pagerd.config.runbooks import read_runbook
from pagerd.config.settings import Settings
from pagerd.config.severity import FILE as SEVERITY_FILE
from pagerd.config.severity import read_severity
from pagerd.config.values import Mismatch
from pagerd.config.values import name as read_name
from pagerd.core.people import Person
from pagerd.core.plan import Plan, Runbook

__all__ = ["DirectoryRefused", "Loaded", "load", "read_directory"]

F = TypeVar("F")

_UNREAD = frozenset({"E001", "E002", "E005"})
"""Findings after which nothing of the file is known."""

_REVISION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the files. Plan and settings are there exactly when no finding is an error."""

    plan: Plan | None
    settings: Settings | None
    findings: tuple[Finding, ...]
    origins: Mapping[Path, Origin] = field(default_factory=dict)


def people_of(files: Mapping[str, str]) -> Mapping[str, Person]:
    """Return the people of some files, whatever else is wrong with them."""
    reader = Reader()
    node = _nodes(reader, {name: text for name, text in files.items() if name == people.FILE}).get(people.FILE)
    return people.read_people(reader, node, Settings().notify)


def settings_of(files: Mapping[str, str]) -> Settings | None:
    """Return what `pagerd.yaml` says, whatever is wrong with other files; None where it has an error itself."""
    reader = Reader()
    node = _nodes(reader, {name: text for name, text in files.items() if name == SETTINGS_FILE}).get(SETTINGS_FILE)
    settings = read_installation(reader, node)
    return None if errors(reader.findings) else settings


def load(
    files: Mapping[str, str],
    *,
    now: datetime,
    git_revision: str | None = None,
    unread: tuple[Finding, ...] = (),
    proves: bool = False,
) -> Loaded:
    """Read everything. Never raises for what stands in the files; `unread` is wrong with files that are not here.

    With `proves` the findings have what the calendar of the next 400 days has: for whoever asks before a change is
    merged. A daemon has to start, and looks only at the next days.
    """
    assert now.tzinfo is not None, "now must be aware"
    reader = Reader()
    reader.findings += unread
    nodes = _nodes(reader, files)
    incidents = read_incidents(reader, nodes.get(INCIDENTS_FILE))
    unread_files = {one.span.file for one in reader.findings if one.id in _UNREAD}
    calendars = holidays.read_holidays(
        reader, nodes.get(holidays.FILE), incidents.calendar, is_whole=holidays.FILE not in unread_files
    )
    parts = Parts(
        settings=(settings := read_installation(reader, nodes.get(SETTINGS_FILE))),
        people=people.read_people(reader, nodes.get(people.FILE), settings.notify),
        teams=_by_team(
            reader, nodes, "rotations", partial(read_team, calendars=calendars), lambda one: (one.team.id, one.span)
        ),
        escalation=read_escalation(reader, nodes.get(ESCALATION_FILE)),
        owners=read_owners(reader, nodes.get(OWNERS_FILE)),
        rules=_by_team(reader, nodes, "rules", read_rules, lambda one: (one.team, one.span)),
        severity=read_severity(reader, nodes.get(SEVERITY_FILE)),
        incidents=incidents,
        runbooks=_runbooks(reader, files),
    )
    plan = assemble(reader, parts, _revision(files, git_revision))
    # Where a whole file could not be read, every name in it would be missing: first things first.
    if not any(one.id in _UNREAD or one.id == "E017" for one in reader.findings):
        check(reader, parts, plan, now, proves=proves)
    findings = in_order(_without_echoes(reader.findings))
    if broken := errors(findings):
        return Loaded(None, None, _first(broken) or findings, reader.origins)
    return Loaded(plan, settings, findings, reader.origins)


def _nodes(reader: Reader, files: Mapping[str, str]) -> dict[str, Node | None]:
    """Return the tree of every YAML file that has a place in the format."""
    nodes: dict[str, Node | None] = {}
    if SETTINGS_FILE not in files and not any(one.span.file == SETTINGS_FILE for one in reader.findings):
        hint = "the shortest one is: version: 1, and a channel"
        reader.report("E017", Span(SETTINGS_FILE), f"there is no {SETTINGS_FILE}", "a file with the installation", hint)
    if len(files) > document.FILES_MAX:
        reader.report("E002", Span(SETTINGS_FILE), f"{len(files)} files", f"at most {document.FILES_MAX} files")
    allowance = document.Allowance()
    for file in sorted(files)[: document.FILES_MAX]:
        path = PurePosixPath(file)
        if path.suffix == ".md":
            continue
        if not _has_a_place(file):
            expected = "pagerd.yaml, rules/NAME.yaml, rotations/NAME.yaml, runbooks/NAME.md"
            hint = f"rename it to {path.with_suffix('.yaml')}" if path.suffix == ".yml" else "move it up"
            reader.report("E017", Span(file[:200]), "pagerd would never read this file", expected, hint)
            continue
        node, findings = document.read(file, files[file], allowance)
        reader.findings += findings
        nodes[file] = node
    return nodes


def _has_a_place(file: str) -> bool:
    path = PurePosixPath(file)
    return file == SETTINGS_FILE or (
        path.suffix == ".yaml" and len(path.parts) == 2 and path.parts[0] in FOLDERS[:2] and str(path) == file
    )


def _by_team(
    reader: Reader,
    nodes: Mapping[str, Node | None],
    folder: str,
    read: Callable[[Reader, str, Node | None], F],
    named: Callable[[F], tuple[str, Span]],
) -> dict[str, F]:
    """Read the files of a folder that are each about one team. A team has one: between files there is no order."""
    found: dict[str, F] = {}
    spans: dict[str, Span] = {}
    unread = {one.span.file for one in reader.findings if one.id in _UNREAD}
    for file, node in nodes.items():
        if not file.startswith(folder + "/") or file in ONCE or file in unread:
            continue
        if is_misplaced(reader, file, node):
            continue
        one = read(reader, file, node)
        team, span = named(one)
        if team in found:
            message = f"team {team} has a file in {folder}/ already"
            reader.report("E020", span, message, f"one file for a team in {folder}/", f"the first is {spans[team]}")
            continue
        found[team], spans[team] = one, span
    return found


def _runbooks(reader: Reader, files: Mapping[str, str]) -> dict[str, Runbook]:
    runbooks: dict[str, Runbook] = {}
    for file in sorted(files)[: document.FILES_MAX]:
        path = PurePosixPath(file)
        if path.suffix != ".md" or path.name in IGNORED:
            continue
        if len(path.parts) != 2 or path.parts[0] != FOLDERS[2]:
            reader.report(
                "E017", Span(file[:200]), "pagerd would never read this file", "runbooks/NAME.md", "move it up"
            )
            continue
        unfit = document.unfit(file, files[file])
        if unfit is not None:
            reader.findings.append(unfit)
            continue
        try:
            read_name(path.stem)
        except Mismatch as wrong:
            reader.report(
                "E017", Span(file[:200]), f"the name of the file: {wrong.message}", wrong.expected, wrong.hint
            )
            continue
        runbooks[path.stem] = read_runbook(reader, file, files[file])
    return runbooks


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """Drop what only follows from another finding at the same place: the value of an alias is missing, for example."""
    refused = {one.span for one in findings if one.id == "E003"}
    unread = {one.span.file for one in findings if one.id in _UNREAD or one.id == "E017"}
    return [
        one
        for one in findings
        if one.id == "E003" or not (one.span in refused or (one.id == "E007" and one.span.file in unread))
    ]


def _first(broken: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the first errors, and how many more there are; nothing where all of them can be told."""
    if len(broken) <= TOLD_MAX:
        return ()
    message = f"there are {len(broken) - TOLD_MAX:,} more errors than are shown"
    return (*broken[:TOLD_MAX], Finding("E002", Span(SETTINGS_FILE), message, "these to be mended first"))


def _revision(files: Mapping[str, str], git_revision: str | None) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        for part in (file, files[file]):
            raw = part.encode(errors="surrogatepass")
            digest.update(len(raw).to_bytes(8) + raw)
    content = digest.hexdigest()[:_REVISION_DIGITS]
    return f"{git_revision[:_REVISION_DIGITS]}+{content}" if git_revision else content


def content_hash(revision: str) -> int:
    """Return the content that a revision names as a number: two nodes on the same files have the same."""
    return int(revision.rpartition("+")[2], 16)

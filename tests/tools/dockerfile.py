"""Reads a Dockerfile, and says which of our rules it breaks."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

BUILD_TOOLS = re.compile(
    r"(python3-)?(pip3?|venv|setuptools|hatch\w*)|gcc|g\+\+|build-essential|make|git|curl|wget|.*-dev"
)


@dataclass(frozen=True)
class Instruction:
    """One instruction, its continued lines joined."""

    word: str
    value: str
    line: int

    @property
    def is_exec_form(self) -> bool:
        """Is it a JSON list of strings, which no shell stands before?"""
        start = self.value.find("[") if self.word == "HEALTHCHECK" else 0
        try:
            words = json.loads(self.value[start:]) if start >= 0 else None
        except ValueError:
            return False
        return isinstance(words, list) and all(isinstance(word, str) for word in words)


@dataclass
class Stage:
    """What is built from one FROM."""

    base: str
    name: str
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, word: str) -> list[Instruction]:
        """Return its instructions of one kind."""
        return [one for one in self.instructions if one.word == word]


@dataclass(frozen=True)
class Dockerfile:
    """The arguments before the first stage, and the stages."""

    arguments: dict[str, str]
    stages: list[Stage]


def read(text: str) -> Dockerfile:
    """Read a Dockerfile. Heredocs and parser directives are not known here, and not used."""
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for one in _instructions(text):
        if one.word == "FROM":
            base, *named = one.value.split()
            stages.append(Stage(base, named[1] if len(named) == 2 else str(len(stages))))
        elif stages:
            stages[-1].instructions.append(one)
        else:
            name, _, value = one.value.partition("=")
            arguments[name] = value
    return Dockerfile(arguments, stages)


def _instructions(text: str) -> Iterator[Instruction]:
    parts: list[str] = []
    first = 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        first = first if parts else number
        parts.append(line.removesuffix("\\").strip())
        if not line.endswith("\\"):
            word, _, value = " ".join(parts).partition(" ")
            yield Instruction(word.upper(), value.strip(), first)
            parts = []


def broken_rules(text: str) -> list[str]:
    """Say which rules a Dockerfile breaks, each in a sentence."""
    known = read(text)
    if len(known.stages) < 2:
        return ["the image is built in one stage: what builds it would be shipped"]
    final = known.stages[-1]
    return [*_of_bases(known), *_of_installing(known), *_of_final(final), *_of_running(final)]


def _of_bases(known: Dockerfile) -> Iterator[str]:
    for stage in known.stages:
        base = stage.base
        for name, value in known.arguments.items():
            base = base.replace(f"${{{name}}}", value)
        if base in {one.name for one in known.stages}:
            continue
        if not re.search(r"@sha256:|:[^/:]*\d[^/:]*$", base):
            yield f"the base {base} names no release and no digest: the next build is another image"


def _of_installing(known: Dockerfile) -> Iterator[str]:
    for stage in known.stages:
        for run in stage.all("RUN"):
            for part in re.split(r"&&|;", run.value):
                if "pip install" not in part:
                    continue
                if "--require-hashes" not in part and "--no-index" not in part:
                    yield f"line {run.line}: pip installs what no hash was checked of"
                elif "--require-hashes" in part and "--only-binary=:all:" not in part:
                    yield f"line {run.line}: pip may run the build of a package"
        for copy in [*stage.all("COPY"), *stage.all("ADD")]:
            words = [word for word in shlex.split(copy.value) if not word.startswith("--")]
            if copy.word == "ADD":
                yield f"line {copy.line}: ADD fetches and unpacks: COPY does what it says"
            if "." in words[:-1] or "./" in words[:-1]:
                yield f"line {copy.line}: everything in the folder is copied"


def _of_final(final: Stage) -> Iterator[str]:
    for run in final.all("RUN"):
        found = [word for word in run.value.split() if BUILD_TOOLS.fullmatch(word)]
        if found:
            yield f"line {run.line}: the final stage has build tools: {', '.join(found)}"
    if not any("--from=" in one.value for one in final.all("COPY")):
        yield "the final stage takes nothing from the stage that builds"
    users = final.all("USER")
    if not users or users[-1].value.split(":")[0] in {"root", "0"}:
        yield "the image runs as root"
    elif not re.fullmatch(r"\d+:\d+", users[-1].value):
        yield "USER is a name: Kubernetes cannot tell that it is not root"
    labels = " ".join(one.value for one in final.all("LABEL"))
    for wanted in ("title", "description", "version", "revision", "licenses"):
        if f"org.opencontainers.image.{wanted}=" not in labels:
            yield f"the image has no label org.opencontainers.image.{wanted}"
    for one in final.all("ENV"):
        if re.search(r"(TOKEN|PASSWORD|SECRET)\w*=", one.value):
            yield f"line {one.line}: a secret in the image is everybody's"


def _of_running(final: Stage) -> Iterator[str]:
    for word in ("ENTRYPOINT", "CMD", "HEALTHCHECK"):
        found = final.all(word)
        if not found:
            yield f"the image has no {word}"
        elif not found[-1].is_exec_form:
            yield f"line {found[-1].line}: {word} runs in a shell, which passes no signal on"
    checks = final.all("HEALTHCHECK")
    if checks and '["pagerd", "health"]' not in checks[-1].value:
        yield "HEALTHCHECK does not ask pagerd's own command"
    if not any(one.value == "SIGTERM" for one in final.all("STOPSIGNAL")):
        yield "STOPSIGNAL is not SIGTERM, which pagerd stops in order on"
    if not any("/var/lib/pagerd" in one.value for one in final.all("VOLUME")):
        yield "the database is on no volume: a read-only root could not keep it"

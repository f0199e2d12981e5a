"""The house keeps its shape: arrows point down, packages have one home, files can be read in one sitting.

The rules are tables at the top; a new module that follows them needs no line here. Where a rule must give way, the
exception stands in a table with its reason, and an exception that is no longer needed fails too.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Who may import whom, by prefixes of module names below `pagerd`. A family may import itself, within HELPERS.
# `*.base` stands for the Protocols of every family: they promise, and know nobody.
ARROWS: dict[str, tuple[str, ...]] = {
    "__main__": ("cli",),
    # How a request goes out, and where it may go.
    "channels": ("core", "clients.http", "clients.reach"),
    "cli": ("daemon", "lab", "config", "sources", "importers", "clients", "templating", "core"),
    "clients": ("core",),
    # A template of the files is rendered where it is read: `check` says what is wrong with it.
    "config": ("core", "templating"),
    "core": (),
    "daemon": ("lab", "web", "engine", "stores", "sources", "channels", "clients", "importers", "config", "core"),
    # Records are plain SQL per concept over the Connection that stores.base promises; no database's engine is in them.
    "engine": ("core", "templating", "*.base", "stores.records"),
    # What an import writes is read back as any config is: in the words of the files, and proved by them.
    "importers": ("core", "config"),
    # The lab reads what the engine stored, as a person reads it from the screens.
    "lab": ("engine", "config", "sources", "stores.base", "stores.records", "stores.sqlite", "channels.base", "core"),
    "sources": ("core",),
    "stores": ("core",),
    "templating": ("core",),
    "web": ("engine", "core"),
}

# Families of adapters: a member imports these helpers, never a sibling. A member may be several modules that begin with
# its name (`sqlite`, `sqlite_writer`), and the family's own __init__ lists its members.
HELPERS: dict[str, tuple[str, ...]] = {
    # What is Twilio's for texts and calls alike; what makes alert text safe; how a mail is put together, a POST signed.
    "channels": ("base", "callbacks", "chat", "mime", "plain", "signed", "twilio"),
    "clients": ("base", "http", "reach"),
    # From the files of an export to pagerd's values, and from these to files and to their proof.
    "importers": (
        "base",
        "comparing",
        "cycles",
        "contacts",
        "drafts",
        "exports",
        "ledger",
        "naming",
        "placing",
        "teams",
        "walls",
        "writing",
    ),
    # How a payload is read without being lenient; Prometheus's own identity of a label set.
    "sources": ("base", "envelope", "fingerprint", "strict"),
    "stores": ("base", "migrations", "rows", "schema", "statements", "waiting"),
}

# The one part of a family with arrows of its own: records serve both databases, so they know neither.
RECORDS_IMPORT = ("core", "stores.base", "stores.records")

# Third-party packages have one home each; what is told is told anywhere but in the core, which VALUES binds.
HOMES: dict[str, tuple[str, ...]] = {
    "aiohttp": ("web", "clients.http"),
    "aiosmtplib": ("channels.email",),
    "apsw": ("stores.sqlite",),
    "asyncpg": ("stores.postgres",),
    "click": ("cli",),
    "holidays": ("config.holidays",),
    "icalendar": ("importers.ical_events",),
    "jinja2": ("web", "templating"),
    "markdown_it": ("web",),
    "msgspec": ("stores", "sources", "clients", "engine", "web", "config"),
    "nh3": ("web",),
    "phonenumbers": ("config",),
    "prometheus_client": ("engine.metrics", "web.metrics"),
    "recurring_ical_events": ("importers.ical_events",),
    "rich": ("cli",),
    "structlog": tuple(ARROWS),
    "tenacity": ("channels", "clients", "daemon", "engine", "stores"),
    "twilio": ("channels.twilio",),
    "uvloop": ("daemon",),
    "yaml": ("config.document",),
}

ASYNCIO_HOMES = ("engine", "stores", "channels", "clients", "web", "daemon", "lab")

# The values of the standard library. `core` may use these and nothing else: no clock, no chance, no waiting, no disk.
VALUES = frozenset(
    {
        "abc", "base64", "binascii", "bisect", "calendar", "collections", "collections.abc", "contextlib", "copy",
        "dataclasses", "datetime", "decimal", "difflib", "enum", "fractions", "functools", "graphlib", "hashlib",
        "heapq", "hmac", "html", "ipaddress", "itertools", "json", "math", "numbers", "operator", "re",
        "statistics", "string", "struct", "textwrap", "types", "typing", "unicodedata", "urllib.parse", "zoneinfo",
    }
)  # fmt: skip

LINES_MAX = 400
FUNCTION_LINES_MAX = 70

# Files and functions that may be longer, each with its reason: "pagerd/x.py" or "pagerd/x.py:Class.method".
LONG: dict[str, str] = {}

# Modules outside the command line that import late, each with its reason.
LATE: dict[str, str] = {
    "pagerd/config/holidays.py": "the calendars of countries are an extra",
    "pagerd/config/incident_messages.py": "files that write no template need no engine for one, and are checked sooner",
    "pagerd/daemon/doctor/__init__.py": "the driver of PostgreSQL is an extra",
    "pagerd/daemon/stores.py": "the same",
    "pagerd/importers/ical_events.py": "what reads calendars is an extra",
    "pagerd/templating/messages.py": "what is simulated is never told, and starts sooner without it",
}

# Test files that may sleep, each with its reason.
SLEEPERS: dict[str, str] = {
    "tests/postgres/wire.py": "a slow wire is slow in real time",
    "tests/storms/scene.py": "its loop is virtual: what sleeps there takes no time",
}


@dataclass(frozen=True)
class Import:
    """One imported name, absolute: `from a import b` is a.b."""

    name: str
    line: int
    in_function: bool


@dataclass(frozen=True)
class Module:
    """One file, read and not run."""

    name: str
    path: str
    text: str

    @property
    def below(self) -> str:
        """Its name below `pagerd`."""
        return self.name.removeprefix("pagerd").removeprefix(".")

    @property
    def family(self) -> str:
        """The part of the house that it stands in."""
        return self.below.partition(".")[0]

    @property
    def is_package(self) -> bool:
        """Whether it is an __init__.py."""
        return self.path.endswith("__init__.py")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text, self.path)

    @cached_property
    def functions(self) -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        """Every function with its qualified name."""
        return list(_functions(self.tree, ""))

    @cached_property
    def imports(self) -> list[Import]:
        """Every import in it, wherever it stands: under TYPE_CHECKING and in functions too."""
        late = {id(inner) for _, function in self.functions for inner in ast.walk(function)}
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                names = [f"{origin}.{alias.name}" for alias in node.names]
            else:
                continue
            found += [Import(name, node.lineno, id(node) in late) for name in names]
        return found

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        parts = parts[: len(parts) - node.level + self.is_package]
        return ".".join([*parts, *filter(None, [node.module])])


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{child.name}", child
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        yield from _functions(child, f"{prefix}{child.name}." if named else prefix)


class House:
    """All modules of pagerd, by name."""

    def __init__(self, modules: list[Module]) -> None:
        self.modules = {module.name: module for module in modules}

    def arrows(self, module: Module) -> Iterator[tuple[Module, int]]:
        """Every module of the house that a module imports, with the line, once."""
        seen = set()
        for imported in module.imports:
            name = imported.name
            while name and name not in self.modules:
                name = name.rpartition(".")[0]
            # The root package holds the version and imports nothing.
            if name and name not in {module.name, "pagerd"} and (name, imported.line) not in seen:
                seen.add((name, imported.line))
                yield self.modules[name], imported.line


def the_house() -> House:
    """Read pagerd as it stands."""
    return House(
        [
            Module(
                ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"),
                path.relative_to(ROOT).as_posix(),
                path.read_text(),
            )
            for path in sorted((ROOT / "pagerd").rglob("*.py"))
        ]
    )


def a_house(files: Mapping[str, str]) -> House:
    """Build a house from texts by path below pagerd/."""
    modules = []
    for path, text in files.items():
        name = "pagerd." + path.removesuffix(".py").replace("/", ".")
        modules.append(Module(name.removesuffix(".__init__"), f"pagerd/{path}", text))
    return House(modules)


def is_under(name: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a name is one of the prefixes, stands in one, or is a part of one by its name (`sqlite_writer`)."""
    return any(name == prefix or name.startswith((f"{prefix}.", f"{prefix}_")) for prefix in prefixes)


def may_import(module: Module, target: Module) -> bool:
    """Whether the arrow from a module to another is allowed."""
    family = module.family
    if family not in ARROWS:
        return False
    if is_under(module.below, ("stores.records",)):
        return is_under(target.below, RECORDS_IMPORT)
    if target.family == family:
        return family not in HELPERS or module.below == family or _in_family(module, target)
    allowed = ARROWS[family]
    promises = "*.base" in allowed and re.fullmatch(r"\w+\.base", target.below) is not None
    return promises or is_under(target.below, allowed)


def _in_family(module: Module, target: Module) -> bool:
    member, other = (each.below.split(".")[1:2] for each in (module, target))
    if not other:  # the family's own list of members
        return False
    same = member[0].partition("_")[0] == other[0].partition("_")[0]
    return same or is_under(other[0], HELPERS[module.family])


def wrong_arrows(house: House) -> list[str]:
    """Say which imports point up or sideways."""
    return [
        f"{module.path}:{line}: {module.name} -> {target.name}: wrong arrow"
        for module in house.modules.values()
        for target, line in house.arrows(module)
        if not may_import(module, target)
    ]


def circles(house: House) -> list[str]:
    """Say which modules import themselves by way of others."""
    found: list[str] = []
    done: set[str] = set()

    def visit(module: Module, way: list[str]) -> None:
        if module.name in way:
            found.append("circle: " + " -> ".join([*way[way.index(module.name) :], module.name]))
        elif module.name not in done:
            loaded = {name for target, _ in house.arrows(module) for name in _loaded(target, module)}
            for name in sorted(loaded & house.modules.keys()):
                visit(house.modules[name], [*way, module.name])
            done.add(module.name)

    for module in house.modules.values():
        visit(module, [])
    return found


def _loaded(target: Module, by: Module) -> list[str]:
    """Return what an import runs: the module, and first each package above it that is not above the importer too."""
    parts = target.name.split(".")
    names = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return [name for name in names if not f"{by.name}.".startswith(f"{name}.")]


def strangers(house: House) -> list[str]:
    """Say which imports from outside the house stand where they have no home."""
    found = []
    for module in house.modules.values():
        for imported in module.imports:
            package = imported.name.partition(".")[0]
            if package in {"pagerd", "__future__"}:
                continue
            if not _has_home(module, imported.name, package):
                found.append(f"{module.path}:{imported.line}: {imported.name} has no home in {module.name}")
    return found


def _has_home(module: Module, name: str, package: str) -> bool:
    if module.family == "core":
        return bool({package, name, name.rpartition(".")[0]} & VALUES)
    if package == "asyncio":
        return is_under(module.below, ASYNCIO_HOMES)
    return package in sys.stdlib_module_names or is_under(module.below, HOMES.get(package, ()))


def late_imports(house: House) -> list[str]:
    """Say which imports stand in functions outside the command line, where each command imports what it needs."""
    return [
        f"{module.path}:{imported.line}: late import of {imported.name}: does it hide a circle?"
        for module in house.modules.values()
        for imported in module.imports
        if imported.in_function and module.family != "cli" and module.path not in LATE
    ]


def sizes(house: House) -> dict[str, str]:
    """Say what cannot be read in one sitting, by the name that LONG would list it under."""
    found = {}
    for module in house.modules.values():
        lines = module.text.count("\n")
        if lines > LINES_MAX:
            found[module.path] = f"{lines} lines"
        for name, function in module.functions:
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                found[f"{module.path}:{name}"] = f"{lines} lines"
    return found


def stubs(house: House) -> list[str]:
    """Say where something is promised and not done."""
    return [
        f"{module.path}:{node.lineno}: raises NotImplementedError"
        for module in house.modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Raise) and node.exc is not None and "id='NotImplementedError'" in ast.dump(node.exc)
    ]


def bare_ignores(house: House) -> list[str]:
    """Say where the type checker is silenced without a code and a reason."""
    found = []
    for module in house.modules.values():
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
            if token.type != tokenize.COMMENT or not re.search(r"#\s*type:\s*ignore", token.string):
                continue
            if not re.search(r"#\s*type:\s*ignore\[[a-z, -]+\]\s*#\s*\w", token.string):
                found.append(f"{module.path}:{token.start[0]}: {token.string}: say which error, and why")
    return found


def sleeps(text: str) -> list[int]:
    """Return the lines that wait for real time to pass. `sleep(0)` gives way to others and waits for nobody."""
    tree = ast.parse(text)
    named = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"asyncio", "time"}
        for alias in node.names
        if alias.name == "sleep"
    }
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        by_module = isinstance(called, ast.Attribute) and ast.unparse(called) in {"asyncio.sleep", "time.sleep"}
        by_name = isinstance(called, ast.Name) and called.id in named
        gives_way = [ast.unparse(argument) for argument in node.args[:1]] == ["0"]
        if (by_module or by_name) and not gives_way:
            found.append(node.lineno)
    return found


def report(found: list[str]) -> str:
    """Put findings under each other."""
    return "\n" + "\n".join(found)


def test_arrows_point_down() -> None:
    """Every import of the house is one that the design allows."""
    found = wrong_arrows(the_house())

    assert not found, report(found)


def test_there_are_no_circles() -> None:
    """No module imports itself by way of others, not even for its types."""
    found = circles(the_house())

    assert not found, report(found)


def test_packages_stay_in_their_homes() -> None:
    """A third-party package is imported where it lives, and the core imports values of the standard library only."""
    found = strangers(the_house())

    assert not found, report(found)


def test_imports_stand_at_the_top() -> None:
    """Only a command imports late, to be quick, and what loads a package that need not be there."""
    house = the_house()
    found = late_imports(house)
    still_late = {module.path for module in house.modules.values() if any(one.in_function for one in module.imports)}

    assert not found, report(found)
    assert set(LATE) <= still_late, "no longer late: take them out of LATE"


def test_files_and_functions_can_be_read_in_one_sitting() -> None:
    """What is longer has a reason in LONG, and what is no longer long has no entry there."""
    found = sizes(the_house())
    unexplained = [f"{name}: {size}: what is it about?" for name, size in found.items() if name not in LONG]
    obsolete = [f"{name} is not long: take it out of LONG" for name in LONG if name not in found]

    assert not unexplained + obsolete, report(unexplained + obsolete)


def test_nothing_is_a_stub() -> None:
    """What is there is there whole."""
    found = stubs(the_house())

    assert not found, report(found)


def test_silenced_types_have_a_reason() -> None:
    """Whoever silences the type checker says which error, and why."""
    found = bare_ignores(the_house())

    assert not found, report(found)


def test_tests_do_not_sleep() -> None:
    """No test waits for real time to pass; one that must has a reason in SLEEPERS, and only while it must."""
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if (lines := sleeps(path.read_text()))
    }
    unexplained = [f"{name}:{line}: sleeps" for name, lines in found.items() if name not in SLEEPERS for line in lines]
    obsolete = [f"{name} does not sleep: take it out of SLEEPERS" for name in SLEEPERS if name not in found]

    assert not unexplained + obsolete, report(unexplained + obsolete)


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("core/page.py", "core/plan.py", True),
        ("core/page.py", "engine/apply.py", False),
        ("engine/apply.py", "stores/base.py", True),
        ("engine/apply.py", "channels/base.py", True),
        ("engine/apply.py", "stores/records/pages.py", True),
        ("engine/apply.py", "stores/sqlite.py", False),
        ("engine/apply.py", "config/plan.py", False),
        ("engine/apply.py", "web/api.py", False),
        ("stores/records/pages.py", "stores/base.py", True),
        ("stores/records/pages.py", "stores/records/columns.py", True),
        ("stores/records/pages.py", "stores/sqlite.py", False),
        ("stores/records/pages.py", "engine/apply.py", False),
        ("stores/sqlite.py", "stores/sqlite_writer.py", True),
        ("stores/sqlite_writer.py", "stores/base.py", True),
        ("stores/sqlite.py", "stores/postgres.py", False),
        ("stores/sqlite.py", "stores/records/pages.py", False),
        ("channels/sms.py", "channels/twilio.py", True),
        ("channels/sms.py", "channels/voice.py", False),
        ("channels/sms.py", "channels/__init__.py", False),
        ("channels/__init__.py", "channels/sms.py", True),
        ("channels/webhook.py", "clients/http.py", True),
        ("channels/webhook.py", "clients/prometheus.py", False),
        ("channels/webhook.py", "sources/base.py", False),
        ("importers/pagerduty.py", "importers/pagerduty_people.py", True),
        ("importers/pagerduty.py", "importers/opsgenie.py", False),
        ("importers/pagerduty.py", "config/load.py", True),
        ("importers/walls.py", "engine/apply.py", False),
        ("config/rules.py", "config/document.py", True),
        ("config/rules.py", "sources/base.py", False),
        ("web/hooks.py", "engine/intake.py", True),
        ("web/hooks.py", "sources/alertmanager.py", False),
        ("lab/simulate.py", "stores/sqlite.py", True),
        ("lab/simulate.py", "stores/postgres.py", False),
        ("daemon.py", "web/api.py", True),
        ("daemon.py", "cli/main.py", False),
        ("cli/check.py", "config/plan.py", True),
        ("cli/check.py", "engine/apply.py", False),
        ("__main__.py", "cli/main.py", True),
        ("attic/old.py", "core/plan.py", False),
    ],
)
def test_which_arrows_are_wrong(importer: str, imported: str, allowed: bool) -> None:
    """The table of arrows means what the design says."""
    name = "pagerd." + imported.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    house = a_house({importer: f"import {name}\n", imported: ""})

    assert (not wrong_arrows(house)) is allowed


@pytest.mark.parametrize(
    "statement",
    [
        "from pagerd.engine import apply",
        "from pagerd.engine.apply import commit",
        "from ..engine import apply",
        "from ..engine.apply import commit",
        "if TYPE_CHECKING:\n    from pagerd.engine.apply import commit",
        "def late():\n    import pagerd.engine.apply",
    ],
)
def test_an_arrow_is_seen_however_it_is_written(statement: str) -> None:
    """Absolute or relative, for types only or late: an import is an arrow."""
    house = a_house({"core/page.py": statement, "engine/__init__.py": "", "engine/apply.py": ""})

    assert wrong_arrows(house)


def test_a_circle_is_named_with_its_way() -> None:
    """A circle over three modules is found, and a diamond is none."""
    circle = {
        "core/a.py": "import pagerd.core.b",
        "core/b.py": "import pagerd.core.c",
        "core/c.py": "import pagerd.core.a",
    }
    diamond = {**circle, "core/a.py": "import pagerd.core.b, pagerd.core.c", "core/c.py": ""}

    assert circles(a_house(circle)) == ["circle: pagerd.core.a -> pagerd.core.b -> pagerd.core.c -> pagerd.core.a"]
    assert circles(a_house(diamond)) == []


@pytest.mark.parametrize(
    ("path", "statement", "at_home"),
    [
        ("core/page.py", "from datetime import datetime", True),
        ("core/page.py", "from collections.abc import Mapping", True),
        ("core/page.py", "from urllib.parse import quote", True),
        ("core/page.py", "from urllib.request import urlopen", False),
        ("core/page.py", "import asyncio", False),
        ("core/page.py", "import time", False),
        ("core/page.py", "import msgspec", False),
        ("core/page.py", "import structlog", False),
        ("stores/sqlite_writer.py", "import apsw", True),
        ("stores/base.py", "import apsw", False),
        ("stores/records/pages.py", "import msgspec", True),
        ("channels/email.py", "import aiosmtplib", True),
        ("channels/twilio.py", "from twilio.rest import Client", True),
        ("channels/sms.py", "from twilio.rest import Client", False),
        ("clients/http.py", "import aiohttp", True),
        ("clients/prometheus.py", "import aiohttp", False),
        ("config/rules.py", "import asyncio", False),
        ("config/rules.py", "import yaml", False),
        ("engine/apply.py", "import click", False),
        ("engine/apply.py", "import leftpad", False),
    ],
)
def test_who_lives_where(path: str, statement: str, at_home: bool) -> None:
    """The table of homes means what the style guide says; a package that nobody has spoken of has none."""
    assert (not strangers(a_house({path: statement}))) is at_home


def test_late_imports_are_seen_in_functions_and_methods() -> None:
    """A late import is found wherever it hides, except in a command."""
    text = "import re\nclass A:\n    async def b(self):\n        if self:\n            import json\n"

    assert len(late_imports(a_house({"engine/apply.py": text}))) == 1
    assert late_imports(a_house({"cli/check.py": text})) == []


def test_what_is_too_long() -> None:
    """A file over its limit is named, and a function over its own by its whole name."""
    body = "        x = 1\n" * FUNCTION_LINES_MAX
    long = a_house({"a.py": "\n" * (LINES_MAX + 1), "b.py": f"class C:\n    def d(self):\n{body}"})
    short = a_house({"a.py": "\n" * LINES_MAX, "b.py": f"class C:\n    def d(self):\n{body[14:]}"})

    assert list(sizes(long)) == ["pagerd/a.py", "pagerd/b.py:C.d"]
    assert sizes(short) == {}


@pytest.mark.parametrize("statement", ["raise NotImplementedError", "raise NotImplementedError('later')"])
def test_what_is_a_stub(statement: str) -> None:
    """A promise to do it later is found, with or without words."""
    assert stubs(a_house({"a.py": statement}))
    assert not stubs(a_house({"a.py": "raise ValueError('NotImplementedError')"}))


@pytest.mark.parametrize(
    ("comment", "explained"),
    [
        ("# type: ignore[arg-type]  # apsw promises more than its types", True),
        ("# type: ignore[arg-type, misc] # apsw promises more than its types", True),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore  # apsw", False),
        ("#type:ignore", False),
    ],
)
def test_which_ignores_are_explained(comment: str, explained: bool) -> None:
    """A silenced error has a code and a reason; the words in a string silence nothing."""
    assert (not bare_ignores(a_house({"a.py": f"x = 1  {comment}\n"}))) is explained
    assert not bare_ignores(a_house({"a.py": f'x = "{comment}"\n'}))


@pytest.mark.parametrize(
    ("statement", "waits"),
    [
        ("import asyncio\nasyncio.sleep(0)", False),
        ("import asyncio\nasyncio.sleep(0.1)", True),
        ("import asyncio\nasyncio.sleep(delay=1)", True),
        ("import time\ntime.sleep(1)", True),
        ("from asyncio import sleep\nsleep(1)", True),
        ("from time import sleep as rest\nrest(1)", True),
        ("clock.sleep(5)", False),
    ],
)
def test_what_is_a_sleep(statement: str, waits: bool) -> None:
    """Real time is recognised under any name; giving way, or a clock of our own, is none."""
    assert bool(sleeps(statement)) is waits

"""The language of templates: Jinja, less all that could take long, look further than its fields, or write much.

What may stand in a template is a list, not a list of what may not: fields, conditions on them, comparisons, joining,
and a few filters without arguments. There are no loops, no calls, no attributes, no arithmetic and no assignments, so
what a template writes is bounded by its own length times that of the fields, and so is the time that it takes.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pagerd.templating.faults import Fault, TemplateBroken

TEMPLATE_MAX = 4000
"""Characters of a template: four times the longest that pagerd brings."""

DEPTH_MAX = 24
"""How deep conditions and expressions may stand in each other. People need three."""

FILTERS: Final = frozenset({"upper", "lower", "capitalize", "title", "trim"})

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.CondExpr, nodes.Const,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Filter,
)  # fmt: skip

_ENVIRONMENT: Final = ImmutableSandboxedEnvironment(
    # What is written is plain text; whoever sends it escapes all of it for its medium.
    autoescape=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals.clear()


def faults_of(text: str, fields: Iterable[str]) -> tuple[Fault, ...]:
    """Return all that is wrong with a template of a message with these fields, in the order of its lines."""
    if len(text) > TEMPLATE_MAX:
        return (Fault(1, f"the template has {len(text):,} characters, at most {TEMPLATE_MAX:,} are taken"),)
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as error:
        return (Fault(error.lineno, error.message or "it is not a template"),)
    except RecursionError:
        return (Fault(1, "the template is nested too deeply"),)
    return tuple(sorted(set(_look(tree, frozenset(fields))), key=lambda one: (one.line, one.message)))


def names_in(text: str) -> frozenset[str]:
    """Return the fields that a template without faults names."""
    return frozenset(one.name for one in _ENVIRONMENT.parse(text).find_all(nodes.Name))


def render(text: str, facts: Mapping[str, str]) -> str:
    """Write a template. Raises TemplateBroken for one with faults, and whatever goes wrong in it."""
    found = faults_of(text, facts)
    if found:
        raise TemplateBroken(f"line {found[0].line}: {found[0].message}")
    try:
        return _compiled(text).render(facts)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise TemplateBroken(f"{type(error).__name__}: {error}") from error


@lru_cache(maxsize=256)
def _compiled(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)


def _look(tree: nodes.Template, fields: frozenset[str]) -> Iterator[Fault]:
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEPTH_MAX:
            yield Fault(node.lineno, "the template is nested too deeply")
            continue
        fault = _fault_of(node, fields)
        if fault is not None:
            yield fault
            continue
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]


def _fault_of(node: nodes.Node, fields: frozenset[str]) -> Fault | None:
    match node:
        case nodes.Name(name=name) if node.ctx != "load":
            return Fault(node.lineno, f"{name} is set here, and a template sets nothing")
        case nodes.Name(name=name) if name not in fields:
            return Fault(node.lineno, f"there is no field {name}", name)
        case nodes.Filter(name=name) if name not in FILTERS or node.args or node.kwargs:
            return Fault(node.lineno, f"the filter {name} is not taken here; there are {', '.join(sorted(FILTERS))}")
        case _ if not isinstance(node, _ALLOWED):
            what = type(node).__name__.lower()
            return Fault(node.lineno, f"{what} is not taken here: fields, conditions and joining are")
        case _:
            return None

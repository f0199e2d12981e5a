"""A message about an incident in words: by its template, or, when that breaks, plainly. It is never not written."""

from collections.abc import Iterator, Mapping

from pagerd.core.incidents.message_texts import template_of
from pagerd.core.incidents.messages import (
    HEADING_MAX,
    SUBJECTS,
    TEXT_MAX,
    MessageKind,
    MessageRules,
    Written,
    clean,
    plainly,
    samples,
)
from pagerd.core.plain import one_line
from pagerd.templating.faults import Fault, TemplateBroken


def write(rules: MessageRules, kind: MessageKind, facts: Mapping[str, str]) -> Written:
    """Write a message. What is no field of its kind is left out, what is missing is unknown."""
    from pagerd.templating import sandbox  # noqa: PLC0415

    known = {name: clean(facts.get(name, "")) for name in SUBJECTS[kind].names}
    try:
        return _split(sandbox.render(template_of(rules, kind), known))
    except TemplateBroken as broken:
        return plainly(kind, known, fault=str(broken))


def faults_of(kind: MessageKind, template: str) -> tuple[Fault, ...]:
    """Return what is wrong with a template: what it may not say, else what goes wrong when it is rendered."""
    from pagerd.templating import sandbox  # noqa: PLC0415

    found = sandbox.faults_of(template, SUBJECTS[kind].names)
    return found or tuple(dict.fromkeys(_tried(kind, template)))


def missing_in(kind: MessageKind, template: str) -> tuple[str, ...]:
    """Return what a message of this kind must say and a template without faults leaves out."""
    from pagerd.templating import sandbox  # noqa: PLC0415

    named = sandbox.names_in(template)
    return tuple(one for one in SUBJECTS[kind].must if one not in named)


def _tried(kind: MessageKind, template: str) -> Iterator[Fault]:
    """Render a template with every optional field there, with none, and with each alone there or missing."""
    from pagerd.templating import sandbox  # noqa: PLC0415

    optional = [one.name for one in SUBJECTS[kind].fields if one.is_optional]
    every = frozenset(optional)
    unknown = [frozenset(), every, *(every - {name} for name in optional), *(frozenset({name}) for name in optional)]
    for without in unknown:
        try:
            _split(sandbox.render(template, samples(kind, without=without)))
        except TemplateBroken as broken:
            yield Fault(1, str(broken))


def _split(text: str) -> Written:
    """Return a rendered text as a heading and lines, empty ones only between others."""
    lines = [one_line(line, TEXT_MAX) for line in text.splitlines()]
    said = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    while said and not said[-1]:
        said.pop()
    if not said:
        raise TemplateBroken("it writes nothing")
    return Written(one_line(said[0], HEADING_MAX), tuple(_cut(said[1:])))


def _cut(lines: list[str]) -> Iterator[str]:
    left = TEXT_MAX
    for line in lines:
        if len(line) > left:
            yield one_line(line, left)
            return
        yield line
        left -= len(line) + 1

"""The checklists of incidents: `checklists` in `rules/incidents.yaml`."""

from collections.abc import Mapping

from pagerd.config import kinds
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    choice,
    defaulted,
    list_of,
    mapping_of,
    optional,
    required,
    shaped,
)
from pagerd.config.times import duration_text
from pagerd.core.incidents.checklist import DEFAULT_CHECKLISTS, FACTS, Checklist, Fact, Step
from pagerd.core.incidents.rules import IncidentRules

STEPS_MAX = 30
"""Steps of one list: nobody goes through more in a quarter of an hour."""

STEP_ID = required("id", kinds.NAME, "how it is named in commands; no other step of any list has that name")
STEP_TEXT = required("text", kinds.TEXT, "what is to be done, or asked, in one line")
STEP_FACT = optional("ticks_when", choice(Fact, Fact.ACKNOWLEDGED), "the fact by which it is done without a tick")
STEP_QUESTION = defaulted("question", kinds.BOOLEAN, False, "false", "it wants an answer in words")
STEP = Shape(
    "a step of a checklist",
    "`steps` of a checklist",
    f"What shows by itself: {'; '.join(f'`{fact}`: {words}' for fact, words in FACTS.items())}.",
    (STEP_ID, STEP_TEXT, STEP_FACT, STEP_QUESTION),
)


def _make_step(reader: Reader, found: Fields, path: Path) -> Step:
    del reader, path
    return Step(id=found[STEP_ID], text=found[STEP_TEXT], fact=found[STEP_FACT], is_question=found[STEP_QUESTION])


STEPS = required(
    "steps", list_of(shaped(STEP, Step(id="", text=""), _make_step), most=STEPS_MAX), "in order", structure=True
)
SEVERITIES = defaulted("severities", list_of(kinds.NAME, least=1), (), "all", "the severities whose incidents have it")
CHECKLIST = Shape(
    "a checklist",
    "`checklists` in `rules/incidents.yaml`",
    "Steps of the first minutes. One that has the name of a default takes its place; without steps it is none.",
    (STEPS, SEVERITIES),
)


def _make(reader: Reader, found: Fields, path: Path) -> Checklist:
    del reader
    return Checklist(id=path[-1], steps=found[STEPS], severities=found[SEVERITIES])


_CHECKLISTS: Kind[Mapping[str, Checklist]] = mapping_of(
    kinds.NAME, shaped(CHECKLIST, Checklist(id="", steps=()), _make), name="mapping of names to checklists"
)
CHECKLISTS = defaulted(
    "checklists",
    _CHECKLISTS,
    {},
    " and ".join(DEFAULT_CHECKLISTS),
    "what is done in the first minutes; the defaults that none of these replaces stay",
    structure=True,
)
CHANGES_BEFORE = defaulted(
    "changes_before",
    kinds.DURATION,
    IncidentRules().changes_before,
    duration_text(IncidentRules().changes_before),
    "how long before the impact began changes are shown",
)
KEYS = (CHECKLISTS, CHANGES_BEFORE)
SHAPES = (CHECKLIST, STEP)


def read_checklists(reader: Reader, found: Fields) -> tuple[Checklist, ...]:
    """Return the defaults, with what the file says in their places and after them."""
    written = found[CHECKLISTS]
    lists = tuple({**DEFAULT_CHECKLISTS, **written}.values())
    owners: dict[str, str] = {}
    for one in lists:
        for place, step in enumerate(one.steps, 1):
            first = owners.setdefault(step.id, f"{one.id}/{place}")
            if first != f"{one.id}/{place}" and step.id:
                at = reader.span_of(("checklists", one.id, "steps", str(place)), found.span)
                message = f"step {step.id} is in checklist {first.split('/')[0]} already"
                reader.report("E020", at, message, "a name that no other step has")
    for name in DEFAULT_CHECKLISTS:
        if name not in written:
            reader.remember(("checklists", name), "the default")
    return lists

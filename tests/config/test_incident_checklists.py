import pytest

from pagerd.core.incidents.checklist import DEFAULT_CHECKLISTS, Checklist, Fact, Step
from tests.config.files import COMPANY, loaded, places, plan_of

INCIDENTS = "rules/incidents.yaml"


def lists_of(text):
    """Return the checklists in force with this file."""
    return {one.id: one for one in plan_of({**COMPANY, INCIDENTS: text}).incidents.checklists}


def test_without_the_file_the_playbook_holds():
    """Nobody writes a checklist before the first incident."""
    assert plan_of(COMPANY).incidents.checklists == tuple(DEFAULT_CHECKLISTS.values())


def test_a_list_of_ones_own_is_asked_besides():
    """With its severities, the facts by which its steps are done, and what is a question."""
    found = lists_of(
        "checklists:\n"
        "  payments:\n"
        "    severities: [sev1]\n"
        "    steps:\n"
        "      - {id: bank, text: Tell the bank}\n"
        "      - {id: fraud, text: Is it fraud?, question: true}\n"
        "      - {id: tried, text: Try something, ticks_when: mitigation}\n"
    )

    assert list(found) == [*DEFAULT_CHECKLISTS, "payments"]
    assert found["payments"] == Checklist(
        id="payments",
        severities=("sev1",),
        steps=(
            Step(id="bank", text="Tell the bank"),
            Step(id="fraud", text="Is it fraud?", is_question=True),
            Step(id="tried", text="Try something", fact=Fact.MITIGATION),
        ),
    )


def test_a_default_gives_way_to_one_of_its_name():
    """In its place; one without steps takes it away."""
    found = lists_of("checklists:\n  triage: {steps: []}\n  first-5-minutes: {steps: [{id: run, text: Run}]}\n")

    assert list(found) == list(DEFAULT_CHECKLISTS)
    assert [len(one.steps) for one in found.values()] == [1, 0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{id: scope, text: x}", "E020 3:13"),
        ("{id: a, text: x}, {id: a, text: y}", "E020 3:31"),
        ("{id: a, text: x, ticks_when: full_moon}", "E010 3:42"),
        ("{id: a}", "E007 3:13"),
        ("{id: A b, text: x}", "E010 3:18"),
    ],
)
def test_a_wrong_step_is_found_where_it_stands(written, expected):
    """Its name is what commands say, so no other step may have it."""
    found = loaded({**COMPANY, INCIDENTS: f"checklists:\n  own:\n    steps: [{written}]\n"})
    finding, place = expected.split()

    assert f"{finding} {INCIDENTS}:{place}" in places(found.findings)


def test_a_severity_that_is_not_there_is_found():
    """Such a list would be asked of nobody."""
    text = "checklists:\n  own: {severities: [sev9], steps: [{id: a, text: x}]}\n"

    assert places(loaded({**COMPANY, INCIDENTS: text}).findings) == [f"E021 {INCIDENTS}:2:22"]

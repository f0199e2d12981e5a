"""The one page: everything that a severity asks stands on it, and nothing that the files say can break it."""

from dataclasses import replace

from pagerd.core.incidents import sop
from pagerd.core.incidents.checklist import DEFAULT_CHECKLISTS
from pagerd.core.incidents.incident import TRIGGERS
from pagerd.core.incidents.mitigation import MENU
from pagerd.core.incidents.roles import DUTIES, Role
from pagerd.core.incidents.severity import CRITERIA, QUESTIONS
from pagerd.core.postmortems.sections import HEADINGS
from tests.builders import a_plan, minutes


def test_the_page_says_all_that_is_carried_out():
    """In words of the tables that the machine itself uses."""
    page = sop.markdown(sop.sections(a_plan()))

    for words in (*TRIGGERS.values(), *QUESTIONS.values(), *CRITERIA.values(), *MENU.values(), *DUTIES.values()):
        assert words.lower() in page.lower()
    for steps in (one.steps for one in DEFAULT_CHECKLISTS.values()):
        assert all(step.text in page for step in steps)
    assert [line.partition(":")[0] for line in sop.POSTMORTEM] == [*HEADINGS.values()]
    positions = [page.index(word) for word in ("Stabilize", "Restore", "Investigate", "Prevent")]
    assert positions == sorted(positions)


def test_each_severity_says_what_it_asks():
    """Who is wanted, how often something is said, how long it is watched, what is due afterwards."""
    page = sop.markdown(sop.sections(a_plan()))

    assert "| sev1 (Critical) | widespread outage, or major impact on revenue, data, security or safety |" in page
    assert "| incident commander, technical lead, comms lead |  |  |" in page
    assert "| sev4 (Low) | a ticket, in business hours |  |  |  |" in page
    assert "| sev2 (High) | 30m to 1h | 15m |" in page
    assert "| sev1 (Critical) | 1h | all of them |" in page
    assert "| sev3 (Medium) | 30m | core customer actions succeed in sample checks |" in page
    assert "| sev1 (Critical) | 3 business days | 15d |" in page
    assert "| sev3 (Medium) |  |  |" in page


def test_what_the_files_change_changes_on_the_page():
    """It is rendered from the plan, not written."""
    plan = a_plan()
    worst = plan.severities["sev1"]
    asks = replace(worst.incident, watch=minutes(45), roles=(Role.IC,), joins=("eva",), leadership=("dora",))
    changed = replace(plan, severities=plan.severities | {"sev1": replace(worst, incident=asks)})
    page = sop.markdown(sop.sections(changed))

    assert "| sev1 (Critical) | 45m | all of them |" in page
    assert "| incident commander | Eva | Dora |" in page


def test_the_reversible_mitigations_come_first():
    """And what is not reversible says so."""
    lines = next(one.lines for one in sop.sections(a_plan()) if one.title == "Stop the bleeding")

    assert lines[0] == "Roll the latest change back"
    marked = [line.endswith("(cannot be taken back)") for line in lines]
    assert marked == sorted(marked)
    assert any(marked)


def test_no_text_of_the_files_is_markup():
    """It cannot end a cell, open a heading, or be a link."""
    plan = a_plan()
    worst = plan.severities["sev1"]
    nasty = "a | b\n# c [d](https://evil.example) <script>"
    changed = replace(worst, name="Bad", incident=replace(worst.incident, definition=nasty))
    page = sop.markdown(sop.sections(replace(plan, severities=plan.severities | {"sev1": changed})))

    assert r"| sev1 (Bad) | a \| b \# c \[d\](https://evil.example) \<script\> |" in page

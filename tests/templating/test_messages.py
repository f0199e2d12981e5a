import pytest

from pagerd.core.incidents.message_texts import TEXTS
from pagerd.core.incidents.messages import HEADING_MAX, SUBJECTS, TEXT_MAX, MessageKind, MessageRules, samples
from pagerd.templating.messages import faults_of, missing_in, write

UPDATE = MessageKind.UPDATE


@pytest.mark.parametrize("kind", list(MessageKind))
def test_our_own_templates_have_no_fault(kind):
    """Whatever is known or unknown, and none leaves out what must be said."""
    assert faults_of(kind, TEXTS[kind]) == ()
    assert missing_in(kind, TEXTS[kind]) == ()


@pytest.mark.parametrize("kind", list(MessageKind))
def test_our_own_templates_say_nothing_of_what_nobody_knows(kind):
    """No line ends in a colon or a comma, and none is empty."""
    optional = frozenset(one.name for one in SUBJECTS[kind].fields if one.is_optional)
    for facts in (samples(kind), samples(kind, without=optional)):
        said = write(MessageRules(), kind, facts)

        assert said.fault == ""
        assert not [line for line in (said.heading, *said.lines) if not line or line[-1] in ":,("]


def test_an_update_with_all_its_fields():
    """The playbook's own: status, what is known and done, the trend, the ETA, the next one."""
    said = write(MessageRules(), UPDATE, samples(UPDATE))

    assert said.text == (
        "sev1 incident 12, update 3: investigating\n"
        "Known at 02:14 UTC: the connection pool is exhausted\n"
        "Doing: rolling back the config\n"
        "Impact: improving (22 % of payments fail)\n"
        "Then: no ETA yet, next update at 02:45 UTC\n"
        "https://pagerd.example.com/i/12"
    )


def test_a_template_that_breaks_falls_back():
    """It is said plainly, with why; a message never fails to be written."""
    said = write(MessageRules(templates={"update": "{{ nothing }}"}), UPDATE, samples(UPDATE))

    assert said.fault == "line 1: there is no field nothing"
    assert said.heading == "Incident 12: a numbered update"
    assert "Know: the connection pool is exhausted" in said.lines


def test_one_that_writes_nothing_falls_back():
    """An empty message is none."""
    said = write(MessageRules(templates={"update": "{% if impact %}{{ impact }}{% endif %}"}), UPDATE, {"know": "x"})

    assert said.fault == "it writes nothing"
    assert said.lines == ("Know: x",)


def test_check_finds_what_only_some_facts_bring_out():
    """With nothing optional there is nothing left of it."""
    found = faults_of(UPDATE, "{% if impact %}{{ know }}{% endif %}")

    assert [one.message for one in found] == ["it writes nothing"]


def test_what_must_be_said():
    """An update that hides whether there is an ETA is none."""
    assert missing_in(UPDATE, "{{ know }}") == ("eta",)


def test_a_message_is_bounded_and_its_lines_are_clean():
    """Whatever stands in the fields."""
    facts = {**samples(UPDATE), "know": "a\r\nBcc: x@example.com\u202e" + "y" * 5000}
    said = write(MessageRules(templates={"update": "{{ know }}\n\n\n  {{ know }}\n{{ know }}\n"}), UPDATE, facts)

    assert len(said.heading) <= HEADING_MAX
    assert said.heading.startswith("a Bcc: x@example.comyyy")
    assert len(said.lines) == 3
    assert said.lines[0] == ""
    assert sum(map(len, said.lines)) <= TEXT_MAX
    assert all(line.isprintable() for line in said.lines)

import subprocess
import sys

import pytest

from pagerd.core.incidents.messages import MessageRules
from tests.config.files import COMPANY, loaded, plan_of

FILE = "rules/incidents.yaml"


def found_in(text):
    """Return each finding as its id and place."""
    return [f"{one.id} {one.span.line}:{one.span.col}" for one in loaded({**COMPANY, FILE: text}).findings]


def test_without_the_file_everything_has_a_default():
    """Pagerd talks in its own words."""
    assert plan_of(COMPANY).incidents.messages == MessageRules()


def test_templates_of_the_files_are_in_force():
    """As they were written, line ends and all; and the words that promise are the files' own."""
    text = "messages:\n  templates:\n    update: |\n      {{ know }}\n      {{ eta }}\n  promise_words: [in a jiffy]\n"
    rules = plan_of({**COMPANY, FILE: text}).incidents.messages

    assert rules.templates == {"update": "{{ know }}\n{{ eta }}\n"}
    assert rules.promise_words == ("in a jiffy",)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("update: |\n      {{ know }}\n      {{ eta }}\n      {{ knwo }}", ["E802 6:1"]),
        ("update: |\n      {{ know }} {{ eta }}\n      {% if %}", ["E801 5:1"]),
        ("update: |\n      {{ know }} {{ eta }}\n      {% for x in know %}{% endfor %}", ["E801 5:1"]),
        ("update: '{{ knwo }}'", ["E802 3:13"]),
        ("update: '{{ know }}'", ["W803 3:13"]),
        ("update: '{{ know }} {{ eta }} soon'", ["W805 3:13"]),
        ("public_resolved: '{{ symptom }}, guaranteed'", ["E804 3:22"]),
        ("public_resolved: '{{ symptom }} {{ ic }}'", ["E802 3:22"]),
        ("update: [x]", ["E008 3:13"]),
        ("updte: x", ["E006 3:5"]),
        ("update: ''", ["E801 3:13"]),
        ("update:", ["E009 3:12"]),
    ],
)
def test_what_is_wrong_with_a_template(template, expected):
    """Its line in the file, where it is a block; of other texts where they stand."""
    assert found_in(f"messages:\n  templates:\n    {template}\n") == expected


def test_files_without_templates_are_read_without_their_engine():
    """`check` is quick where there is nothing to render."""
    script = (
        "import sys\nfrom tests.config.files import COMPANY, plan_of\n"
        "plan_of({**COMPANY, 'rules/incidents.yaml': 'messages: {promise_words: [x]}'})\n"
        "print('jinja2' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"

import pytest

from pagerd.templating.sandbox import DEPTH_MAX, TEMPLATE_MAX, TemplateBroken, faults_of, names_in, render

FIELDS = ("know", "eta")
FACTS = {"know": "the pool is full", "eta": ""}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ know }}", "the pool is full"),
        ("{{ know|upper }} {{ eta or 'no ETA' }}", "THE POOL IS FULL no ETA"),
        ("{% if eta %}\n{{ eta }}\n{% else %}\nunknown\n{% endif %}\nend", "unknown\nend"),
        ("{{ eta if eta else know ~ '!' }}", "the pool is full!"),
        ("{% if know == 'x' and not eta or eta != '' %}a{% elif know %}b{% endif %}", "b"),
        ("{{ '{{ know }}' }} {# nothing #}5 % <b>&</b>", "{{ know }} 5 % <b>&</b>"),
    ],
)
def test_what_a_template_may_say(template, expected):
    """Fields, conditions, joining, a few filters; and plain text stays as it is."""
    assert faults_of(template, FIELDS) == ()
    assert render(template, FACTS) == expected


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("ok\n{{ knwo }}", 2, "there is no field knwo"),
        ("\n\n{{ know", 3, "unexpected end of template"),
        ("{% if know %}", 1, "Unexpected end of template"),
        ("{% for x in know %}{{ x }}{% endfor %}", 1, "for is not taken here"),
        ("{% set know = 1 %}", 1, "assign is not taken here"),
        ("{% macro x() %}{% endmacro %}", 1, "macro is not taken here"),
        ("{% include 'x' %}", 1, "include is not taken here"),
        ("{% extends 'x' %}", 1, "extends is not taken here"),
        ("{% import 'x' as y %}", 1, "import is not taken here"),
        ("{% raw %}{{ x }}{% endraw %}\n{{ know.__class__ }}", 2, "getattr is not taken here"),
        ("{{ know['x'] }}", 1, "getitem is not taken here"),
        ("{{ know.upper() }}", 1, "call is not taken here"),
        ("{{ range(10**9) }}", 1, "call is not taken here"),
        ("{{ lipsum }}", 1, "there is no field lipsum"),
        ("{{ know * 1000000 }}", 1, "mul is not taken here"),
        ("{{ 9 ** 9 ** 9 ** 9 }}", 1, "pow is not taken here"),
        ("{{ know + know }}", 1, "add is not taken here"),
        ("{{ know|center(1000000000) }}", 1, "the filter center is not taken here"),
        ("{{ know|upper('x') }}", 1, "the filter upper is not taken here"),
        ("{{ know|attr('x') }}", 1, "the filter attr is not taken here"),
        ("{{ [know] }}", 1, "list is not taken here"),
        ("{{ know is defined }}", 1, "test is not taken here"),
        ("{{ know|nothing }}", 1, "the filter nothing is not taken here"),
    ],
)
def test_what_a_template_may_not_say(template, line, words):
    """Each fault is found before anything is rendered, with its line."""
    found = faults_of(template, FIELDS)

    assert [one.line for one in found][:1] == [line]
    assert any(words in one.message for one in found)
    with pytest.raises(TemplateBroken):
        render(template, FACTS)


def test_all_faults_are_told_at_once():
    """Whoever mends one wants to know of the others."""
    found = faults_of("{{ a }}\n{{ b }}\n{% if c %}{{ a }}{% endif %}", FIELDS)

    assert [(one.line, one.name) for one in found] == [(1, "a"), (2, "b"), (3, "a"), (3, "c")]


@pytest.mark.parametrize(
    "template",
    [
        "{{ " + "(" * 1500 + "know" + ")" * 1500 + " }}",
        "{{ " + "not " * 900 + "know }}",
        "{% if know %}" * (DEPTH_MAX + 1) + "{% endif %}" * (DEPTH_MAX + 1),
        "{{ " + " ~ ".join(["know"] * 600) + " }}" + "x" * TEMPLATE_MAX,
    ],
)
def test_a_bomb_is_a_fault_and_nothing_more(template):
    """Depth and length are bounded before anything is compiled."""
    assert faults_of(template, FIELDS)
    with pytest.raises(TemplateBroken):
        render(template, FACTS)


def test_the_longest_template_writes_a_bounded_text():
    """Its own length times that of a field, and no more."""
    template = ("{{ know }}" * (TEMPLATE_MAX // 10))[:TEMPLATE_MAX]

    assert len(render(template, {"know": "x" * 1000})) == 1000 * (TEMPLATE_MAX // 10)


def test_facts_are_no_templates():
    """What people and alerts say is put in as it is."""
    assert render("{{ know }}", {"know": "{{ 7 * 7 }}{% if %}"}) == "{{ 7 * 7 }}{% if %}"


def test_names_in_a_template():
    """Also those in conditions that no fixture meets."""
    assert names_in("{% if eta %}{{ know }}{% endif %}") == {"eta", "know"}

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.web.markdown import TEXT_MAX, rendered


def test_a_runbook_becomes_lists_code_and_headings_below_the_pages_own():
    """What an author may write is shown as they meant it."""
    html = rendered("# Errors\n\n1. Restart `canary`\n2. Look\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n~~no~~ **yes**\n")

    for part in ("<h3>Errors</h3>", "<ol>", "<code>canary</code>", "<td>1</td>", "<s>no</s>", "<strong>yes</strong>"):
        assert part in html


def test_links_are_http_only_and_tell_nothing():
    """Other schemes are no links; those that are say nothing of where they were followed."""
    html = rendered("[a](https://x.example/1) [b](javascript:alert(1)) [c](data:text/html,x) [d](file:///etc/passwd)")

    assert html.count("href=") == 1
    assert 'href="https://x.example/1" rel="noreferrer noopener"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://x.example/track.png)",
        "[x](jAvAsCrIpT:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "`<b onclick=x>`",
        "<style>*{display:none}</style>",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<a href='https://x.example' style='position:fixed'>x</a>",
    ],
)
def test_no_html_of_the_file_passes(text):
    """Tags and handlers of the text are text."""
    html = rendered(text)

    tags = re.findall(r"<[^>]*>", html)
    assert not [tag for tag in tags if re.search(r"script|img|style|\son\w+=", tag, re.IGNORECASE)]


@given(st.text(max_size=300))
def test_any_text_is_rendered(text):
    """Nothing raises, and no tag comes out that is not allowed."""
    html = rendered(text)

    assert "<script" not in html
    assert "<iframe" not in html


def test_a_long_runbook_says_that_it_goes_on():
    """Nobody takes the end of the page for the end of the file."""
    assert rendered("a\n" * 2_000).count("goes on") == 0
    assert rendered("a\n" * 2_001).endswith("<p>… The page ends here, the file goes on.</p>")
    assert rendered("a " * TEXT_MAX).endswith("<p>… The page ends here, the file goes on.</p>")


def test_a_table_of_more_cells_than_anybody_reads_is_text():
    """Short rows are filled up to the widest: a thousand columns and lines of one letter would be 65,000 cells."""
    honest = "|a|b|\n|-|-|\n" + "|1|2|\n" * 1_000
    hostile = "|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "a\n" * 1_000

    assert rendered(honest).count("<td>") == 2_000
    assert "<td>" not in rendered(hostile)

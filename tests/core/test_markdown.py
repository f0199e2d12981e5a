"""Words of strangers stay words in Markdown."""

import pytest

from pagerd.core.markdown import escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 5 > 3", "plain words, 5 &gt; 3"),
        ("a|b", "a\\|b"),
        ("[a](http://b)", "\\[a\\](http://b)"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("@everyone", "@\u200beveryone"),
        ("one\n# two\u202e", "one \\# two"),
        ("`a` *b* _c_ ~d~ \\", "\\`a\\` \\*b\\* \\_c\\_ \\~d\\~ \\\\"),
    ],
)
def test_what_markdown_would_obey_is_shown(text, shown):
    """A comment is read by people who trust it."""
    assert escaped(text) == shown

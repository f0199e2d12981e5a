"""Runbooks as HTML: marked-up text and nothing else. No HTML of the file passes, and an allow-list comes after."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "dd",
    "dl",
    "dt",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}

TEXT_MAX = 100_000
"""Signs of a runbook that are shown: twenty screens; the file itself may be longer."""

_reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])


@lru_cache(maxsize=64)
def rendered(text: str) -> str:
    """Return the text as HTML that may stand in a page as it is. Headings begin below those of the page itself."""
    tokens = _reader.parse(text[:TEXT_MAX])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 2, 6)}"
    html = _reader.renderer.render(tokens, _reader.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https"},
        link_rel="noreferrer noopener",
    )

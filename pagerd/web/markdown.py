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

TEXT_MAX, LINES_MAX = 32_768, 2_000
"""Signs and lines of a runbook that are shown: more than anybody reads in the first 15 minutes. What is written to be
slow takes 25 µs a sign, so that this is the most that a reader waits for; the event loop does not."""

CELLS_MAX = 20_000
"""Cells that tables may come to, by their widest line: the reader fills up short rows, 65,000 cells in two seconds."""

CUT = "<p>… The page ends here, the file goes on.</p>"

_without_tables = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("strikethrough")
_with_tables = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])


@lru_cache(maxsize=64)
def rendered(text: str) -> str:
    """Return the text as HTML that may stand in a page as it is. Headings begin below those of the page itself."""
    lines = text[:TEXT_MAX].splitlines(keepends=True)[:LINES_MAX]
    shown = "".join(lines)
    widest = max((line.count("|") for line in lines), default=0)
    reader = _with_tables if widest * len(lines) <= CELLS_MAX else _without_tables
    tokens = reader.parse(shown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 2, 6)}"
    html = reader.renderer.render(tokens, reader.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https"},
        link_rel="noreferrer noopener",
    )
    return clean if shown == text else clean + CUT

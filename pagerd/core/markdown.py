"""Words of strangers in Markdown: what they wrote is shown, and nothing of it is obeyed."""


def escaped(text: str) -> str:
    """Return a text on one line as words, in a sentence or in a cell: no link, table, mention or HTML of its own."""
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    for sign in "\\`*_{}[]<>#|~@":
        flat = flat.replace(
            sign, f"\\{sign}" if sign not in "<>@" else {"<": "&lt;", ">": "&gt;", "@": "@\u200b"}[sign]
        )
    return flat

"""GSM-7: the letters that fit an SMS at seven bits each, and what becomes of all others.

One character outside this table turns a whole text into UCS-2, with 70 characters instead of 160: so nothing leaves
here that is not in it.
"""

import unicodedata

from pagerd.core.plain import one_line

SEGMENT = 160
"""Septets in one text that is not split."""

SEGMENT_OF_SEVERAL = 153
"""Septets in each part of a longer text: the header by which the parts find each other takes seven."""

UCS2_SEGMENT, UCS2_SEGMENT_OF_SEVERAL = 70, 67
"""The same in UTF-16 units, for a text with a character outside GSM-7."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet of 3GPP TS 23.038, clause 6.2.1, less the escape itself."""

EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters that need the escape before them, and so take two septets."""

_LIKE: dict[str, str] = {
    sign: said
    for signs, said in (
        ("‘’‚‛′‹›ʼ`´", "'"),
        ("“”„‟″«»", '"'),
        ("‐‑‒–—―−", "-"),
        ("•·‣▪●", "*"),
        ("…", "..."),
        ("→⇒", "->"),
        ("←", "<-"),
        ("≥", ">="),
        ("≤", "<="),
        ("≠", "!="),
        ("≈", "~"),
        ("×", "x"),
        ("÷", "/"),
        ("±", "+-"),
        ("°", " deg "),
        ("µμ", "u"),
        ("¢", "c"),
        ("©", "(c)"),
        ("®", "(R)"),
        ("™", "(TM)"),
        ("ł", "l"),
        ("Ł", "L"),
        ("đð", "d"),
        ("ĐÐ", "D"),
        ("þ", "th"),
        ("Þ", "Th"),
        ("œ", "oe"),
        ("Œ", "OE"),
        ("ı", "i"),
    )
    for sign in signs
}
"""Said with what is nearest. What Unicode itself takes apart, such as accents and ligatures, needs no line here."""


def plain(text: str, limit: int = 1000) -> str:
    """Return the text on one line in GSM-7.

    Quotes, dashes and accents become what is nearest, controls and bidi marks go, emoji too, other letters become `?`.
    """
    composed = unicodedata.normalize("NFC", one_line(text, limit))
    return " ".join("".join(_in_gsm(character) for character in composed).split())


def _in_gsm(character: str) -> str:
    if character in BASIC or character in EXTENSION:
        return character
    if character in _LIKE:
        return _LIKE[character]
    category = unicodedata.category(character)
    if category[0] == "M" or category in {"So", "Sk", "Cn"}:
        # Combining marks, variation selectors, skin tones, pictures: what is left says the same without them.
        return ""
    nearest = "".join(part for part in unicodedata.normalize("NFKD", character) if part in BASIC or part in EXTENSION)
    return nearest or "?"


def septets(text: str) -> int:
    """Count the septets of a text in GSM-7. Raises ValueError for one that is not."""
    if BASIC.issuperset(text):  # almost every text, and this is asked for each piece of each
        return len(text)
    beyond = set(text) - BASIC
    if strange := beyond - EXTENSION:
        raise ValueError(f"septets: {min(strange)!r} is not in GSM-7; use plain() before")
    return len(text) + sum(text.count(character) for character in beyond)


def segments(text: str) -> int:
    """Count the texts that carriers bill for this one; one character outside GSM-7 makes all of it UCS-2."""
    try:
        size, alone, each = septets(text), SEGMENT, SEGMENT_OF_SEVERAL
    except ValueError:
        size, alone, each = len(text.encode("utf-16-be")) // 2, UCS2_SEGMENT, UCS2_SEGMENT_OF_SEVERAL
    return 1 if size <= alone else -(-size // each)


def fit(text: str, limit: int = SEGMENT) -> str:
    """Return a text in GSM-7 cut to at most `limit` septets; a cut ends in two dots where there is room for them."""
    if septets(text) <= limit:
        return text
    mark = ".." if limit > 6 else ""
    room = limit - len(mark)
    end = 0
    # The text has more septets than there is room: it does not end before the room does.
    while (size := 1 + (text[end] in EXTENSION)) <= room:
        room -= size
        end += 1
    return text[:end].rstrip() + mark

"""Valid samples made hostile: a bit, or beyond recognition. All chance is the generator's that is handed in.

Three roads. `as_json` changes the tree of a JSON text and writes it down again with scraps that no encoder writes; the
brackets of each scrap close, so that what lies beside it is still there. `as_lines` changes a text line by line, and
values within lines. `as_bytes` knows nothing of the format.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again
from typing import Any

Mutate = Callable[[Random, bytes], bytes]

ENDLESS = 5_000
"""Digits or levels of what is too long, where the standard library gives up."""

# What is no value of JSON, or one that decoders stumble over. All brackets and quotes close.
JSON_SCRAPS: tuple[bytes, ...] = (
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"-0",
    b"9" * ENDLESS,
    b"0." + b"1" * ENDLESS,
    b"[" * ENDLESS + b"]" * ENDLESS,
    b'{"a":' * 1_500 + b"1" + b"}" * 1_500,
    b'"\\ud800"',
    b'"\\udc00\\ud800"',
    b'"\\u0000"',
    b'"\x00"',
    b'"\xff\xfe"',
    b'"\xed\xa0\x80"',
    b'"\xf4\x90\x80\x80"',
    b'"\\x41"',
    b'"\\u12"',
    b'"' + b"\\\\" * 3_000 + b'"',
    b'"' + b"x" * 20_000 + b'"',
    b'"' + "\u202e\u2066\ufeff\u2028".encode() + b'"',
    b'"\x1b[31m\\r\\nforged: yes"',
    b'"<script>alert(1)</script>"',
    b'"=cmd()"',
    b'"{{ 7 * 7 }}"',
    b'"9999-12-31T23:59:59-14:00"',
    b'"0001-01-01T00:00:00+14:00"',
    b'"2026-02-30T25:61:61Z"',
    b"{}",
    b"[]",
    b"[[],{},null]",
    b"null",
    b"true",
    b"",
    b"{" + b",".join(b'"k%d":"v"' % number for number in range(1_000)) + b"}",
    b'{"a":"1","a":"2"}',
    b'{"":""}',
    b"/* */ 1",
    b"'a'",
    b"\xef\xbb\xbf1",
)

TEXT_SCRAPS: tuple[str, ...] = (
    *("", " ", "\t", "\x00", "\x1b[31m", "\r\n", "\u2028", "\ufeff", "\u202e", "\ud800", "\udcff", "💥", "ﬁ", "٣"),
    *(
        "null",
        "~",
        "no",
        "0x10",
        "1e9",
        "-1",
        "999999999999999999999h",
        "2026-02-30",
        "24:00",
        "mon-",
        "Europe",
        "*",
        "&a",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        ":",
        "- ",
        "? ",
        "#",
        "|",
        ">",
        "%",
        "@",
        "`",
        "!!python/object:os.system",
        "<<: *a",
    ),
    *(
        "[" * ENDLESS,
        "{a: " * ENDLESS,
        "- " * ENDLESS,
        "a" * 70_000,
        "(a+)+$",
        "(?:a|a)*",
        "../../etc/passwd",
        "{{ 7*7 }}",
    ),
    *("<script>alert(1)</script>", "](javascript:alert(1))", "![x](", "> " * 200, "*a_" * 300, "|" * 500, "\\" * 999),
)


def as_bytes(chance: Random, sample: bytes) -> bytes:
    """Flip, drop, double, cut and insert a few bytes."""
    octets = bytearray(sample)
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(octets))
        to = min(len(octets), at + chance.choice((1, 1, 2, 8, 64, 1024)))
        match chance.randrange(6):
            case 0 if at < len(octets):
                octets[at] ^= 1 << chance.randrange(8)
            case 1:
                del octets[at:to]
            case 2:
                octets[at:at] = octets[at:to] * chance.choice((1, 2, 30))
            case 3:
                del octets[at:]
            case 4:
                octets[at:to] = chance.randbytes(to - at)
            case _:
                octets[at:at] = chance.choice(JSON_SCRAPS)
    return bytes(octets)


def as_json(chance: Random, sample: bytes) -> bytes:
    """Change a few places of the tree."""
    tree = json.loads(sample)
    for _ in range(chance.randint(1, 4)):
        tree = _with_change(chance, tree)
    return written(tree, chance)


class Raw(bytes):
    """JSON as it is to be written, whatever it says."""


def _with_change(chance: Random, tree: Any) -> Any:
    """Change one place, the deeper the likelier: go down while there is something below."""
    if isinstance(tree, dict) and tree and chance.random() < 0.85:
        key = chance.choice(list(tree))
        match chance.randrange(12):
            case 0:
                return {name: value for name, value in tree.items() if name != key}
            case 1:
                renamed = chance.choice((key.upper(), key + "\x00", "", "\ud800", "x" * 300))
                return {renamed if name == key else name: value for name, value in tree.items()}
            case _:
                return tree | {key: _with_change(chance, tree[key])}
    if isinstance(tree, list) and tree and chance.random() < 0.85:
        at = chance.randrange(len(tree))
        match chance.randrange(12):
            case 0:
                return tree[:at] + tree[at + 1 :]
            case 1:
                return tree[:at] + [tree[at]] * chance.choice((2, 3, 50)) + tree[at:]
            case _:
                return [*tree[:at], _with_change(chance, tree[at]), *tree[at + 1 :]]
    if isinstance(tree, str) and chance.random() < 0.3:
        return tree[: chance.randint(0, len(tree))] + chance.choice(TEXT_SCRAPS)[:5_000] + tree[:9]
    return Raw(chance.choice(JSON_SCRAPS))


def written(tree: Any, chance: Random | None = None) -> bytes:
    """Write a tree that may hold raw pieces; now and then with blanks between, and with a key twice."""
    blank = chance.choice((b"", b"", b"", b" ", b"\n\t")) if chance is not None else b""
    match tree:
        case Raw():
            return bytes(tree)
        case dict():
            entries = [_text(name) + b":" + blank + written(value, chance) for name, value in tree.items()]
            if entries and chance is not None and chance.random() < 0.02:
                entries.append(chance.choice(entries))
            return b"{" + blank + (b"," + blank).join(entries) + b"}"
        case list():
            return b"[" + (blank + b",").join(written(value, chance) for value in tree) + blank + b"]"
        case str():
            return _text(tree)
        case _:
            return json.dumps(tree).encode()


def _text(text: str) -> bytes:
    # Escaped, a lone surrogate can be sent; as bytes it is no UTF-8, and that can be sent, too.
    return json.dumps(text, ensure_ascii=len(text) % 2 == 0).encode("utf-8", "surrogatepass")


def as_lines(chance: Random, sample: bytes) -> bytes:
    """Drop, double, move, indent, cut and spoil lines, and the values in them."""
    lines = sample.decode("utf-8", "surrogateescape").split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(9):
            case 0:
                del lines[at : at + chance.choice((1, 1, 5))]
            case 1:
                lines[at:at] = lines[at : at + 1] * chance.choice((1, 2, 200))
            case 2:
                lines.insert(at, chance.choice(lines))
            case 3:
                lines[at] = " " * chance.randrange(9) + lines[at].lstrip()
            case 4:
                lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
            case 5 | 6 if ":" in lines[at]:
                key, _, _ = lines[at].rpartition(":")
                lines[at] = f"{key}: {chance.choice(TEXT_SCRAPS)}"
            case 7:
                place = chance.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + chance.choice(TEXT_SCRAPS) + lines[at][place:]
            case _:
                lines.insert(at, chance.choice(TEXT_SCRAPS))
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "surrogatepass" if chance.random() < 0.5 else "replace")


def words(vocabulary: Sequence[str]) -> Mutate:
    """Return what strings words of a vocabulary together, with a scrap here and there, or changes a sample."""

    def mutate(chance: Random, sample: bytes) -> bytes:
        if chance.random() < 0.4:
            return as_bytes(chance, sample)
        glue = chance.choice((" ", " ", "", "\n", ", ", "\u00a0"))
        drawn = [chance.choice(vocabulary) for _ in range(chance.randint(1, 7))]
        if chance.random() < 0.3:
            drawn.insert(chance.randint(0, len(drawn)), chance.choice(TEXT_SCRAPS)[:2_000])
        return glue.join(drawn).encode("utf-8", "surrogatepass")

    return mutate


def either(*roads: Mutate) -> Mutate:
    """Return what takes one of several roads."""
    return lambda chance, sample: chance.choice(roads)(chance, sample)


def with_siblings(chance: Random, alert: Any, siblings: Sequence[Any], around: Mapping[str, Any] | None) -> bytes:
    """Put one hostile alert among good ones; `around` is the envelope, None where the list is all there is."""
    hostile = _with_change(chance, alert)
    alerts = [*siblings]
    alerts.insert(chance.randint(0, len(alerts)), hostile)
    return written(alerts if around is None else {**around, "alerts": alerts})

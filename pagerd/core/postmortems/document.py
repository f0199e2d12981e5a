"""The text of a postmortem: what pagerd writes stands between two comments, all else is people's, word for word.

    <!-- pagerd facts timeline 3f2a9c81 -->
    - 10:02:00 Page opened ... [p-k4tz#1]
    <!-- pagerd end of facts -->

The sign behind the name is a digest of the lines between. It says, of a text of any age and from any branch, whether
somebody wrote there: such a text is refused, with the line, because writing the facts anew would lose their words.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pagerd.core.errors import Unreadable
from pagerd.core.postmortems.sections import Section, sections_of

TEXT_MAX: Final = 200_000
"""Characters of a postmortem: a book of eighty pages."""

MARK: Final = "<!-- pagerd postmortem of incident "
END: Final = "<!-- pagerd end of facts -->"
_MARK = re.compile(r"<!-- pagerd postmortem of incident ([1-9][0-9]{0,8}) -->")
_START = re.compile(r"<!-- pagerd facts ([a-z_]+) ([0-9a-f]{8}) -->")
_OURS = re.compile(r"\s*<!--\s*pagerd\b")

REGIONS: Final[Mapping[str, Section]] = {
    "summary": Section.SUMMARY,
    "impact": Section.IMPACT,
    "timeline": Section.TIMELINE,
    "times": Section.TIMELINE,
    "root_cause": Section.ROOT_CAUSE,
    "factors": Section.FACTORS,
    "went_well": Section.WENT_WELL,
    "went_badly": Section.WENT_BADLY,
    "actions": Section.ACTIONS,
}
"""What pagerd writes, and under which heading it stands."""

Facts = Mapping[str, tuple[str, ...]]
"""The lines of each region."""


@dataclass(frozen=True, slots=True)
class _Region:
    name: str
    start: int
    end: int


class BrokenDocument(Unreadable):
    """A text that cannot be taken as a postmortem: `line` says where, and nothing was changed."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


def mark_of(number: int) -> str:
    """Return the line that says of which incident a text is."""
    return f"{MARK}{number} -->"


def region(name: str, lines: tuple[str, ...]) -> str:
    """Return the lines of a region with its two comments around them."""
    return "\n".join((f"<!-- pagerd facts {name} {_digest(lines)} -->", *lines, END))


def digest_of(text: str) -> str:
    """Return what names exactly this text."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def with_facts(text: str, facts: Facts, number: int) -> str:
    """Return a text with its facts written anew and every other character as it was. Raises BrokenDocument.

    A region that somebody took out comes back under the heading of its section, where there is that heading.
    """
    lines = _lines(text)
    regions = _regions(lines, number)
    out: list[str] = []
    at = 0
    for one in regions:
        out += lines[at : one.start]
        out += _written_like(lines[one.start], region(one.name, facts.get(one.name, ())))
        at = one.end + 1
    out += lines[at:]
    known = {one.name for one in regions}
    for name in reversed([name for name in facts if name not in known]):
        out = _put_back(out, name, facts[name])
    return "\n".join(out)


def own_words(text: str, number: int) -> str:
    """Return what people wrote: the text without the lines of its regions. Raises BrokenDocument."""
    lines = _lines(text)
    kept: list[str] = []
    at = 0
    for one in _regions(lines, number):
        kept += lines[at : one.start]
        at = one.end + 1
    return "\n".join((*kept, *lines[at:]))


def rewritten(text: str, change: Callable[[str, bool], str]) -> str:
    """Return a text with each of its lines changed, and still whole: after an erasure.

    The second argument of `change` says whether pagerd wrote the line.
    """
    ours = fact_lines(text)
    lines = [change(line, number in ours) for number, line in enumerate(text.split("\n"), 1)]
    start: tuple[int, str] | None = None
    for place, line in enumerate(lines):
        begins = _START.fullmatch(line.rstrip())
        if begins is not None:
            start = (place, begins[1])
        elif line.rstrip() == END and start is not None:
            between = tuple(one.rstrip("\r") for one in lines[start[0] + 1 : place])
            [lines[start[0]], *_] = _written_like(line, region(start[1], between))
            start = None
    return "\n".join(lines)


def fact_lines(text: str) -> frozenset[int]:
    """Return the numbers of the lines that pagerd wrote, their comments included; of a broken text, as far as known."""
    found: set[int] = set()
    inside = False
    for number, line in enumerate(_lines(text), 1):
        inside = inside or _START.fullmatch(line.rstrip()) is not None
        if inside or _MARK.fullmatch(line.rstrip()) is not None:
            found.add(number)
        inside = inside and line.rstrip() != END
    return frozenset(found)


def _lines(text: str) -> list[str]:
    if len(text) > TEXT_MAX:
        raise BrokenDocument(1, f"it has {len(text):,} characters, and {TEXT_MAX:,} are read")
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if "\0" in line or any("\ud800" <= sign <= "\udfff" for sign in line):
            raise BrokenDocument(number, "it holds what is no text in UTF-8")
    return lines


def _regions(lines: list[str], number: int) -> list[_Region]:
    """Return the regions of a text; raise BrokenDocument where one cannot be told from what people wrote."""
    regions: list[_Region] = []
    start: tuple[int, str, str] | None = None
    has_mark = False
    for place, raw in enumerate(lines):
        line = raw.rstrip()
        if not _OURS.match(line):
            continue
        mark, begins = _MARK.fullmatch(line), _START.fullmatch(line)
        if mark is not None and not has_mark and start is None:
            if int(mark[1]) != number:
                raise BrokenDocument(place + 1, f"this is the postmortem of incident {mark[1]}, not {number}")
            has_mark = True
        elif begins is not None and start is None:
            if begins[1] not in REGIONS or begins[1] in {one.name for one in regions}:
                raise BrokenDocument(place + 1, f"the facts {begins[1]!r} do not belong here, or stand here twice")
            start = (place, begins[1], begins[2])
        elif line == END and start is not None:
            between = tuple(one.rstrip("\r") for one in lines[start[0] + 1 : place])
            if _digest(between) != start[2]:
                what = f"the facts {start[1]!r} from here on were changed by hand"
                raise BrokenDocument(start[0] + 1, f"{what}, and would be overwritten: write below their end instead")
            regions.append(_Region(start[1], start[0], place))
            start = None
        else:
            raise BrokenDocument(place + 1, "a comment of pagerd stands where it cannot: it was moved or changed")
    if start is not None:
        raise BrokenDocument(start[0] + 1, f"the facts {start[1]!r} begin here and do not end: {END} is missing")
    if not has_mark:
        raise BrokenDocument(1, f"it does not say whose postmortem it is: {mark_of(number)}")
    return regions


def _digest(lines: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def _written_like(line: str, text: str) -> list[str]:
    """Return lines that end as this one does: a file of another system keeps its ends of line."""
    end = "\r" if line.endswith("\r") else ""
    return [f"{one}{end}" for one in text.split("\n")]


def _put_back(lines: list[str], name: str, facts: tuple[str, ...]) -> list[str]:
    """Put a region right under the heading of its section; without such a heading the lint says that it is missing."""
    for one in sections_of("\n".join(lines)):
        if one.section is REGIONS[name]:
            place = one.heading.number
            return [*lines[:place], *_written_like(lines[place - 1], "\n" + region(name, facts)), *lines[place:]]
    return lines

"""Which factors contributed, by category, as the text of a postmortem says."""

from pagerd.core.postmortems.sections import Factor, Section, begins_with, has_gap, sections_of, without_comments


def factors_in(text: str) -> frozenset[Factor]:
    """Return the categories with which the lines of its section begin, as the lint reads them."""
    said = [
        line.text
        for headed in sections_of(text)
        if headed.section is Section.FACTORS
        for line in without_comments(headed.lines)
        if not has_gap(line.text)
    ]
    return frozenset(factor for factor in Factor if any(begins_with(line, factor) for line in said))

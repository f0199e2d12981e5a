"""Which factors contributed, by category, as the text of a postmortem says."""

from pagerd.core.postmortems.sections import Factor, Section, has_gap, sections_of


def factors_in(text: str) -> frozenset[Factor]:
    """Return the categories with which the lines of its section begin."""
    lines = [line.text for headed in sections_of(text) if headed.section is Section.FACTORS for line in headed.lines]
    said = [line.lstrip("-*+ \t").casefold() for line in lines if not has_gap(line)]
    return frozenset(factor for factor in Factor if any(line.startswith(factor) for line in said))

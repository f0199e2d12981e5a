"""What a story says, whatever the order of what happened at one instant.

Rows that are due at the same instant have no order among them: SQLite happens to give them back as they came,
PostgreSQL as they lie.
"""

import re

_TIME = re.compile(r"\d\d:\d\d:\d\d  ")


def in_any_order(story: str) -> list[list[str]]:
    """Return the blocks of a story, each with its lines in an order of their own."""
    blocks: list[list[str]] = [[]]
    for line in story.splitlines():
        if _TIME.match(line):
            blocks.append([])
        blocks[-1].append(line)
    return [sorted(block) for block in blocks]


OF_EQUALS = frozenset({"digest", "storm", "storm_crash", "storm_partly"})
"""Stories in which one of several that are equal stands for them all: which one that is, is no promise."""

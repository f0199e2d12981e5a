"""What a histogram is made of, for paths where a metrics library would cost more than what is measured."""

from bisect import bisect_left


class Tally:
    """How often something took how long: `counts[n]` took at most `bounds[n]` seconds, the last one longer than all.

    One thread notes. Whoever reads on another may miss what is being noted, and nothing else.
    """

    __slots__ = ("bounds", "counts", "seconds")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        assert list(bounds) == sorted(set(bounds)), f"bounds must rise: {bounds}"
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.seconds = 0.0

    def note(self, seconds: float) -> None:
        """Take one more in."""
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.seconds += seconds

    def copy(self) -> "Tally":
        """Return what was taken in so far, as it is now."""
        copy = Tally(self.bounds)
        copy.counts = self.counts.copy()
        copy.seconds = self.seconds
        return copy

"""How much an engine has in the air at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is in the air at once."""

    in_flight_max: int = 1000
    """Claimed messages of a medium in memory; more wait in the outbox. 1,000 are about 3 MB and a second of mail."""
    in_trouble_max: int = 32
    """While nobody carries a medium: what its senders have in hand, so that no claim ends while it waits for them."""


LIMITS_SHARED = Limits(in_flight_max=128)
"""What a node has in hand it renews every two seconds, and what it holds another one cannot send: so it takes what its
senders begin within a second. 32 send at once, and mail takes a tenth of a second."""

"""How much one listener takes, and how long it waits. Each number says where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WebLimits:
    """The limits of one listener; tests hand in shorter ones."""

    header_seconds: float = 10
    """From a request's first byte (or the connection's start) to the end of its headers. The server library has no
    limit of its own, and half-sent requests stay for ever."""
    body_seconds: float = 30
    """From there to the end of the body: 8 MiB in 30 s are 2.2 Mbit/s, less than any sender in a data centre has."""
    answer_seconds: float = 60
    """From there to the last byte of the answer. A store that takes longer is in trouble; a sender that does not read
    its answer must not hold a connection."""
    idle_seconds: float = 75
    """Between two requests. Longer than the 60 s that proxies keep a connection, so that they close first."""
    connections_max: int = 512
    """In all; a full listener closes the one that waits longest and showed nothing. With their buffers about 30 MB."""
    connections_of_peer_max: int = 32
    """Of one address that is not loopback (a proxy on the same host speaks for everybody). Alertmanager uses one per
    receiver and idle connection, 2 to 10."""
    headers_max: int = 128
    line_bytes_max: int = 8190
    linger_seconds: float = 2
    """How long the rest of a refused body is read, so that the sender sees the answer and not a reset."""
    held_bytes_max: int = 64 * 1024 * 1024
    """Bytes of alert bodies in memory at once: eight of the largest. What comes on top is told to come again."""
    json_bytes_max: int = 64 * 1024
    """A body of the API: a note of 1,000 signs, with room."""
    form_bytes_max: int = 64 * 1024
    """A provider's callback: Twilio's are under 4 KiB, a text has 1,600 signs at most."""
    link_bytes_max: int = 4 * 1024
    """A form of the page behind a link: an action and a code."""
    grace_seconds: float = 10
    """What is being answered when the daemon stops may take so long: ten times a commit on a slow disk."""
    scrape_seconds: float = 3
    """How long a scrape waits for the store, of the 10 s that Prometheus waits for a scrape: a disk may hang."""
    fields_max: int = 200
    """Fields of a form: Twilio's largest has about 60."""

"""A text that must never be shown."""

import hmac


class Secret:
    """Keeps a token or a password out of logs, tracebacks and reprs; `reveal` is the one way to its text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the one place that sends it."""
        return self._text

    def matches(self, offered: str) -> bool:
        """Is this the text? Takes the same time whatever was offered."""
        return hmac.compare_digest(self._text.encode(), offered.encode(errors="surrogatepass"))

    def __repr__(self) -> str:
        """Write three stars."""
        return "***"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        """Write three stars, whatever the format."""
        return format("***", spec)

    def __reduce__(self) -> tuple[object, ...]:
        """Refuse to be pickled or copied into a file."""
        raise TypeError("a Secret is never written out")

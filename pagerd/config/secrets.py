"""Where secrets stand, and how they are read. The files of the config only name them."""

from dataclasses import dataclass
from pathlib import Path

from pagerd.core.errors import InvalidPlan
from pagerd.core.secret import Secret

SECRET_BYTES_MAX = 4096
"""A token has under 200 bytes; a larger file is not one token."""

_CREDENTIAL = "credential:"


@dataclass(frozen=True, slots=True)
class SecretFile:
    """A reference to a file with one secret: a path, relative to the config directory, or `credential:NAME`."""

    reference: str

    @property
    def is_credential(self) -> bool:
        """Is it handed to the service by systemd, and to nobody else?"""
        return self.reference.startswith(_CREDENTIAL)

    def path(self, directory: Path, credentials: Path | None) -> Path:
        """Return the file. `credentials` is what $CREDENTIALS_DIRECTORY says, or None."""
        if not self.is_credential:
            return directory / self.reference
        if credentials is None:
            raise InvalidPlan(f"Reading {self.reference}: $CREDENTIALS_DIRECTORY is not set")
        return credentials / self.reference.removeprefix(_CREDENTIAL)

    def read(self, directory: Path, credentials: Path | None = None) -> Secret:
        """Read the secret, without the line end of editors. Raises InvalidPlan with the reason, never the text."""
        path = self.path(directory, credentials)
        try:
            with path.open("rb") as stream:
                raw = stream.read(SECRET_BYTES_MAX + 1)
        except OSError as error:
            raise InvalidPlan(f"Reading the secret in {path}: {error.strerror}") from error
        if len(raw) > SECRET_BYTES_MAX:
            raise InvalidPlan(f"Reading the secret in {path}: it has more than {SECRET_BYTES_MAX} bytes")
        try:
            text = raw.decode().rstrip("\r\n")
        except UnicodeDecodeError:
            raise InvalidPlan(f"Reading the secret in {path}: it is not UTF-8") from None
        if not text or any(char.isspace() or not char.isprintable() for char in text.strip()):
            raise InvalidPlan(f"Reading the secret in {path}: expected one line of text without spaces")
        return Secret(text.strip())

"""The files of the status page, held to be given to anybody."""

from collections.abc import Mapping
from hashlib import sha256


class Site:
    """The files of the status page as they were drawn last. `trouble` is what keeps them from the disk."""

    def __init__(self) -> None:
        self.files: Mapping[str, bytes] = {}
        self.trouble = ""
        self._tags: dict[str, str] = {}

    def put(self, files: Mapping[str, bytes]) -> None:
        """Serve these from now on."""
        self._tags = {name: f'"{sha256(octets).hexdigest()[:16]}"' for name, octets in files.items()}
        self.files = files

    def tag_of(self, name: str) -> str:
        """Name exactly this content of a file, for caches."""
        return self._tags[name]

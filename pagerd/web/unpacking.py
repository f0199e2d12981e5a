"""Bodies that are sent packed, unpacked piece by piece and never further than somebody wants to read.

The server library would unpack every body, whoever sent it, on the event loop, and what is left of a refused one while
it waits for the sender to notice: 200 KB of a stranger stopped everything for seconds.
"""

import zlib

GZIP_BITS, RAW_BITS = 16 + zlib.MAX_WBITS, -zlib.MAX_WBITS


class NotPacked(Exception):
    """The body is not what its Content-Encoding says."""


class Unpacker:
    """Unpacks one body."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._stream = zlib.decompressobj(GZIP_BITS) if encoding == "gzip" else None
        self._is_whole = False

    def unpack(self, octets: bytes, bytes_max: int) -> bytes:
        """Return what these bytes unpack to, at most so many; with that many the rest is not even looked at.

        Raises NotPacked.
        """
        assert bytes_max > 0, "to zlib 0 means without a limit"
        if self._stream is None:
            # Some send the bare stream, others with the header of zlib that the standard asks for.
            has_header = octets[0] & 0x0F == zlib.DEFLATED
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if has_header else RAW_BITS)
        try:
            unpacked = self._stream.decompress(octets, bytes_max)
        except zlib.error as error:
            raise NotPacked(str(error)) from error
        if self._is_whole or self._stream.unused_data:
            raise NotPacked("it goes on behind its end")
        self._is_whole = self._stream.eof
        return unpacked

    def end(self) -> None:
        """Say that there are no more bytes. Raises NotPacked where there should be."""
        if not self._is_whole:
            raise NotPacked("its end is missing")


def unpacker_for(encoding: str) -> Unpacker | None:
    """Return what unpacks a body of this Content-Encoding, or None where it is not packed. Raises NotPacked."""
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return Unpacker("gzip")
        case "deflate":
            return Unpacker("deflate")
        case _:
            raise NotPacked("only gzip and deflate are unpacked")

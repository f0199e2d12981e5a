import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.web.unpacking import NotPacked, unpacker_for

BARE = zlib.compressobj(wbits=-zlib.MAX_WBITS)

PACKED = {
    "gzip": gzip.compress(b"hello" * 100),
    "x-gzip": gzip.compress(b"hello" * 100),
    "GZIP ": gzip.compress(b"hello" * 100),
    "deflate": zlib.compress(b"hello" * 100),
    " deflate": BARE.compress(b"hello" * 100) + BARE.flush(),
}


def unpacked(encoding, octets, size=1 << 20, step=1 << 16):
    """Unpack a body that comes in pieces."""
    unpacker = unpacker_for(encoding)
    pieces = [unpacker.unpack(octets[at : at + step], size) for at in range(0, len(octets), step)]
    unpacker.end()
    return b"".join(pieces)


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_what_was_packed_comes_out(encoding, step):
    """However it is cut into pieces, and by either of the two ways to write deflate."""
    assert unpacked(encoding, PACKED[encoding], step=step) == b"hello" * 100


@pytest.mark.parametrize("encoding", ["", "identity", "Identity"])
def test_what_is_not_packed_is_left_alone(encoding):
    """Nothing has to be unpacked there."""
    assert unpacker_for(encoding) is None


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "aes"])
def test_another_packing_is_refused(encoding):
    """Twice packed is none of ours, either."""
    with pytest.raises(NotPacked, match="gzip and deflate"):
        unpacker_for(encoding)


def test_a_bomb_is_unpacked_no_further_than_asked():
    """The rest is not even looked at."""
    bomb = gzip.compress(b"x" * 100_000_000)

    assert len(unpacker_for("gzip").unpack(bomb, 1_000)) == 1_000


def test_an_end_that_is_missing_is_seen():
    """Half a body is none."""
    with pytest.raises(NotPacked, match="end is missing"):
        unpacked("gzip", PACKED["gzip"][:-1])


@pytest.mark.parametrize("step", [1, 10_000])
def test_what_follows_the_end_is_refused(step):
    """A second body in the first would be read by some and not by others."""
    with pytest.raises(NotPacked, match="behind its end"):
        unpacked("gzip", PACKED["gzip"] * 2, step=step)


@given(st.sampled_from(["gzip", "deflate"]), st.binary(min_size=1, max_size=200))
def test_nonsense_is_refused(encoding, octets):
    """Whatever comes, NotPacked is all that is raised."""
    with suppress(NotPacked):
        unpacked(encoding, octets)

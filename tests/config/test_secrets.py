import pytest

from pagerd.config.secrets import SECRET_BYTES_MAX, SecretFile
from pagerd.core.errors import InvalidPlan


def test_a_secret_is_read_without_the_line_end_that_editors_add(tmp_path):
    """Relative to the config directory."""
    (tmp_path / "prod.token").write_text("s3cr3t\n")

    assert SecretFile("prod.token").read(tmp_path).reveal() == "s3cr3t"


def test_a_credential_is_a_file_of_its_own_directory(tmp_path):
    """As systemd hands it over."""
    (tmp_path / "twilio").write_text("s3cr3t")

    assert SecretFile("credential:twilio").read(tmp_path / "config", tmp_path).reveal() == "s3cr3t"


def test_a_credential_without_its_directory_says_so():
    """Nobody looks for it in the config directory then."""
    with pytest.raises(InvalidPlan, match=r"\$CREDENTIALS_DIRECTORY is not set"):
        SecretFile("credential:twilio").path(None, None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "expected one line"),
        (b"\n", "expected one line"),
        (b"two words", "expected one line"),
        (b"one\ntwo\n", "expected one line"),
        (b"a\x00b", "expected one line"),
        (b"\xff\xfe", "not UTF-8"),
        (b"x" * (SECRET_BYTES_MAX + 1), "more than"),
    ],
)
def test_what_is_no_secret_is_refused_without_repeating_it(tmp_path, content, why):
    """An empty token would let everybody in."""
    (tmp_path / "token").write_bytes(content)

    with pytest.raises(InvalidPlan, match=why) as refused:
        SecretFile("token").read(tmp_path)
    assert "two" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    """So that the operator knows what to make."""
    with pytest.raises(InvalidPlan, match=r"prod\.token"):
        SecretFile("prod.token").read(tmp_path)

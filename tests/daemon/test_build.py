import re
import subprocess

from pagerd.daemon import build


def git(folder, *words):
    """Run git in a folder."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def test_a_checkout_has_its_commit_and_what_lies_in_it_has_none(tmp_path):
    """A package below somebody's repository does not take that one's commit for its own."""
    installed = tmp_path / "venv" / "site-packages"
    installed.mkdir(parents=True)
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "x")

    assert re.fullmatch(r"[0-9a-f]{12}", build.revision(tmp_path))
    assert build.revision(installed) == ""

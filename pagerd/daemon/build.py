"""What is running, as far as the code itself can say."""

from pathlib import Path

from pagerd.config.checkout import git_revision

CHECKOUT = Path(__file__).parents[2]
"""What is above the package: the repository's root, where pagerd runs from a checkout."""


def revision(root: Path = CHECKOUT) -> str:
    """Return the commit of the code that runs, or nothing where it was installed from a package.

    A checkout further up is somebody else's: an environment inside the config's own repository, for example.
    """
    return (git_revision(root) or "") if (root / ".git").exists() else ""

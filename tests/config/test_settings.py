from pathlib import Path

from pagerd.config.settings import ConsoleProvider, Settings, StoreSettings
from pagerd.core.people import Medium


def test_paths_are_relative_to_the_config_directory():
    """Wherever the daemon was started."""
    settings = Settings()

    assert settings.state_path(Path("/etc/pagerd")) == Path("/etc/pagerd/.pagerd")
    assert settings.socket_path(Path("/etc/pagerd")) == Path("/etc/pagerd/.pagerd/pagerd.sock")
    assert settings.store_path(Path("/etc/pagerd")) == Path("/etc/pagerd/.pagerd/pagerd.db")


def test_an_absolute_path_stays():
    """The usual case in production."""
    settings = Settings(store=StoreSettings("/var/lib/pagerd/pagerd.db"), state_dir="/var/lib/pagerd")

    assert settings.store_path(Path("/etc/pagerd")) == Path("/var/lib/pagerd/pagerd.db")
    assert settings.socket_path(Path("/etc/pagerd")) == Path("/var/lib/pagerd/pagerd.sock")


def test_a_medium_needs_a_provider():
    """An empty list is none."""
    settings = Settings(channels={Medium.SMS: (ConsoleProvider(),), Medium.EMAIL: ()})

    assert settings.media == {Medium.SMS}

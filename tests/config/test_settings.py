from pathlib import Path

from pagerd.config.settings import ConsoleProvider, Settings, SqliteSettings
from pagerd.core.people import Medium


def test_paths_are_relative_to_the_config_directory():
    """Wherever the daemon was started."""
    settings = Settings()

    assert settings.state_path(Path("/etc/pagerd")) == Path("/etc/pagerd/.pagerd")
    assert settings.socket_path(Path("/etc/pagerd")) == Path("/etc/pagerd/.pagerd/pagerd.sock")
    assert settings.store_path(Path("/etc/pagerd")) == Path("/etc/pagerd/.pagerd/pagerd.db")


def test_an_absolute_path_stays():
    """The usual case in production."""
    settings = Settings(store=SqliteSettings("/var/lib/pagerd/pagerd.db"), state_dir="/var/lib/pagerd")

    assert settings.store_path(Path("/etc/pagerd")) == Path("/var/lib/pagerd/pagerd.db")
    assert settings.socket_path(Path("/etc/pagerd")) == Path("/var/lib/pagerd/pagerd.sock")


def test_a_medium_needs_a_provider():
    """An empty list is none."""
    settings = Settings(channels={Medium.SMS: (ConsoleProvider(),), Medium.EMAIL: ()})

    assert settings.media == {Medium.SMS}


def test_what_only_a_restart_can_change():
    """Where it listens and where it keeps its rows are fixed at the start; the rest is swapped by a reload."""
    running = Settings()
    changed = Settings(
        state_dir="/var/lib/pagerd", store=SqliteSettings("/var/lib/x.db"), public_url="https://p.example"
    )

    assert changed.needs_restart(running) == ("state_dir", "store")
    assert Settings(metrics_open=False).needs_restart(running) == ()

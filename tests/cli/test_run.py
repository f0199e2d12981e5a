import gc

from pagerd.daemon import logs, start


def test_garbage_is_looked_for_while_the_daemon_runs(command, monkeypatch):
    """It is not while its modules are read; a daemon without a collector would grow for weeks."""
    seen = []
    monkeypatch.setattr(logs, "configure", lambda **_options: None)
    monkeypatch.setattr(start, "main", lambda *_words, **_options: seen.append(gc.isenabled()))

    said = command("run")

    assert (said.code, seen) == (0, [True])

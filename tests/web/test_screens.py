from pathlib import Path

import pytest

from pagerd.web.screens import draw, environment, web_url


@pytest.mark.parametrize(
    "url", ["https://x.example/a?b=c#d", "http://10.0.0.1:9090/graph", "HTTPS://x.example", "https://x.example/%20"]
)
def test_http_addresses_may_be_followed(url):
    """These become links."""
    assert web_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.example",
        "/etc/passwd",
        "https:",
        "https:///x",
        "java\nscript:alert(1)",
        "ftp://x.example",
        "https://[",
        "mailto:x@example.com",
        "https://x.example/ onclick=alert(1)",
    ],
)
def test_anything_else_is_text(url):
    """No other scheme, no half address, nothing with a blank in it."""
    assert web_url(url) == ""


def test_templates_are_those_of_the_code_that_runs(monkeypatch):
    """An upgrade writes new files under a process that runs on: it draws what it was made with until it starts anew."""

    def gone(*_arguments, **_how):
        raise FileNotFoundError

    environment.cache.clear()
    monkeypatch.setattr("builtins.open", gone)
    for way in ("open", "read_text", "read_bytes", "stat"):
        monkeypatch.setattr(Path, way, gone)
    monkeypatch.setattr("os.stat", gone)
    drawn = draw("said.html", title="It works", words="x", root="", back="me")

    assert "<h1>It works</h1>" in drawn
    assert {"status/feed.atom", "me.html"} <= set(environment.list_templates())


def test_templates_escape_and_know_their_names():
    """Escaping is on for every template, and a name that is not there is an error of ours, not an empty place."""
    assert environment.autoescape is True
    assert "&lt;b&gt;" in draw("refused.html", title="<b>", words="")
    with pytest.raises(Exception, match="undefined"):
        draw("refused.html", title="x")

"""Who may send for a source: what its files say now, whatever state they are in."""

import os

import pytest

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, Source, SourceKind
from pagerd.daemon.doors import sources_of
from pagerd.engine.chance import hash_of
from pagerd.sources import AT_ONCE, PARSERS
from pagerd.web.auth import Scope
from pagerd.web.hooks import Intake
from pagerd.web.pages import Links
from pagerd.web.routes import all_routes


def access(directory, **fields):
    """Return how a source is let in."""
    source = Source(id="prod", kind=SourceKind.ALERTMANAGER, **fields)
    return sources_of(Settings(sources={source.id: source}), directory)["prod"]


@pytest.mark.parametrize("kind", SourceKind)
def test_every_kind_has_a_parser_and_a_route(tmp_path, kind):
    """What the settings call its path is one that the daemon serves, with the name of the source in it."""
    source = Source(id="prod", kind=kind)
    one = sources_of(Settings(sources={source.id: source}), tmp_path)["prod"]
    served = {
        route.path.format(source="prod") for route in all_routes(Intake(), Links()) if route.scope is Scope.INGEST
    }

    assert one.path in served
    assert (one.parser, one.at_once) == (PARSERS[kind.value], AT_ONCE[kind.value])


def test_each_token_that_can_be_read_is_good(tmp_path):
    """Two while one is changed; a file that is missing takes nothing from the other."""
    (tmp_path / "new").write_text("new-token\n")
    one = access(tmp_path, token_files=(SecretFile("old"), SecretFile("new")))

    assert one.token_hashes() == [hash_of("new-token")]
    assert not one.is_closed


def test_a_changed_token_counts_at_once(tmp_path):
    """Without a reload."""
    (tmp_path / "token").write_text("first\n")
    one = access(tmp_path, token_files=(SecretFile("token"),))
    assert one.token_hashes() == [hash_of("first")]
    (tmp_path / "token").write_text("second\n")
    os.utime(tmp_path / "token", ns=(1, 1))

    assert one.token_hashes() == [hash_of("second")]


@pytest.mark.parametrize(
    "fields",
    [
        {"token_files": (SecretFile("nowhere"),)},
        {"token_files": (SecretFile("credential:none"),)},
        {"user": "prom", "password_file": SecretFile("nowhere")},
    ],
)
def test_what_cannot_be_read_lets_nobody_in(tmp_path, fields):
    """It raises nothing: a request is refused as for a wrong token, and status says why."""
    one = access(tmp_path, **fields)

    assert one.is_closed
    assert one.basic_hash() is None


def test_basic_auth_is_good_by_user_and_password(tmp_path):
    """Together, as the header carries them."""
    (tmp_path / "password").write_text("hunter2\n")
    one = access(tmp_path, user="prom", password_file=SecretFile("password"))

    assert one.basic_hash() == hash_of("prom:hunter2")
    assert not one.is_closed

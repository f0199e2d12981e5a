"""What `store` of `pagerd.yaml` may say, and what a mistake in it reads like."""

import pytest

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import DatabaseTls, PostgresSettings, SqliteSettings
from tests.config.files import COMPANY, SETTINGS, finding_after, found_after, loaded

OLD = "version: 1"
POSTGRES = "{hosts: [db], database: pagerd, user: pagerd}"


def store_of(text):
    """The store of an installation that says this."""
    found = loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS].replace(OLD, f"{OLD}\nstore: {text}")})
    assert found.settings is not None, found.findings
    return found.settings.store


def test_a_file_is_one_word():
    """The default of the format, elsewhere."""
    assert store_of("sqlite:/var/lib/pagerd/pagerd.db") == SqliteSettings("/var/lib/pagerd/pagerd.db")


def test_a_database_on_a_server_is_a_mapping():
    """Hosts in any order, each with its port; the password stands in a file."""
    store = store_of(
        "{postgres: {hosts: [db1.example.com, 'db2:6432', '[fd00::2]:5433', /run/postgresql], database: pages, user: p,"
        " password_file: db.password, tls: verify-full, tls_ca_file: ca.pem, prepared_statements: false}}"
    )

    assert store == PostgresSettings(
        hosts=(("db1.example.com", 5432), ("db2", 6432), ("fd00::2", 5433), ("/run/postgresql", 5432)),
        database="pages",
        user="p",
        password_file=SecretFile("db.password"),
        tls=DatabaseTls.VERIFY_FULL,
        tls_ca_file="ca.pem",
        prepared_statements=False,
    )
    assert str(store) == "postgresql://p@db1.example.com:5432,db2:6432,[fd00::2]:5433,/run/postgresql:5432/pages"


def test_what_may_be_left_out_has_a_default():
    """A database on a host of its own, that lets pagerd in by who it is."""
    assert store_of(f"{{postgres: {POSTGRES}}}") == PostgresSettings(
        hosts=(("db", 5432),), database="pagerd", user="pagerd"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql://db/pagerd", "E606 2:8"),
        ("postgresql://pagerd:sesame@db/pagerd", "E601 2:8"),
        ("postgres://db/pagerd?password=sesame", "E601 2:8"),
        ("[sqlite:a]", "E008 2:8"),
        ("{}", "E007 2:8"),
        ("{mysql: {}}", "E006 2:9"),
        ("{postgres: {database: pagerd, user: pagerd}}", "E007 2:19"),
        ("{postgres: {hosts: [], database: pagerd, user: pagerd}}", "E009 2:27"),
        ("{postgres: {hosts: ['db:99999'], database: pagerd, user: pagerd}}", "E010 2:28"),
        ("{postgres: {hosts: ['db;rm'], database: pagerd, user: pagerd}}", "E010 2:28"),
        ("{postgres: {hosts: [db], database: pagerd, user: pagerd, password: sesame}}", "E601 2:65"),
        ("{postgres: {hosts: [db], database: pagerd, user: pagerd, tls: full}}", "E010 2:70"),
        ("{postgres: {hosts: [db], database: pagerd, user: pagerd, tls_ca_file: ca.pem}}", "E603 2:78"),
    ],
)
def test_what_is_wrong_in_a_store(text, expected):
    """At its line and column."""
    assert expected in found_after(SETTINGS, OLD, f"{OLD}\nstore: {text}")


@pytest.mark.parametrize(
    "text", ["postgresql://pagerd:sesame@db/pagerd", f"{{postgres: {POSTGRES[:-1]}, password: sesame}}}}"]
)
def test_a_password_in_the_files_is_told_where_it_belongs(text):
    """The finding names the key to use, and never the password."""
    finding = finding_after(SETTINGS, OLD, f"{OLD}\nstore: {text}")

    assert "password_file" in finding.hint
    assert "sesame" not in f"{finding.message}{finding.expected}{finding.hint}"

"""Reads `store` of `pagerd.yaml`: where everything is kept, one file or one database of several nodes."""

import re
from typing import Final

from pagerd.config import kinds
from pagerd.config.document import Node, Scalar, Table
from pagerd.config.reader import (
    Fields,
    Json,
    Kind,
    Path,
    Reader,
    Shape,
    choice,
    defaulted,
    fields,
    list_of,
    optional,
    required,
    scalar,
    schema_of,
    shaped,
)
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import DatabaseTls, PostgresSettings, SqliteSettings, StoreSettings
from pagerd.config.values import PORT_MAX, Mismatch, shown

HOSTS_MAX: Final = 8
"""A primary and its standbys; each that hangs costs a second before the next is asked."""

PORT: Final = 5432
WHERE: Final = "`postgres` of `store` in `pagerd.yaml`"
EXPECTED: Final = "sqlite:PATH, or a mapping with postgres"

_HOST = re.compile(
    r"(?P<folder>/[^\x00-\x1f:]{0,200})|(?:\[(?P<v6>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,252}))"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
)


def _host(raw: str) -> tuple[str, int]:
    found = _HOST.fullmatch(raw)
    port = int(found["port"] or PORT) if found is not None else 0
    if found is None or port > PORT_MAX:
        raise Mismatch(f"{shown(raw)} is not a server", "a host, host:port, or the folder of a socket", id="E010")
    return found["folder"] or found["v6"] or found["name"], port


def _path(raw: str) -> SqliteSettings:
    kind, colon, path = raw.partition(":")
    if kind in {"postgresql", "postgres"}:
        has_password = re.match(r"[a-z]+://[^/@]*:[^/@]*@|.*[?&]password=", raw) is not None
        if has_password:
            hint = "put the password into a file, and name it in store.postgres.password_file"
            raise Mismatch("a password stands in the files", "a reference to a file", id="E601", hint=hint)
        hint = "write store: {postgres: {hosts: [HOST], database: NAME, user: NAME, password_file: FILE}}"
        raise Mismatch("a PostgreSQL database is written as a mapping", EXPECTED, id="E606", hint=hint)
    if kind != "sqlite" or not colon or not re.fullmatch(r"[^\x00-\x1f?#]{1,1000}", path) or path.startswith("//"):
        raise Mismatch(f"{raw[:60]!r} is not a store", EXPECTED, id="E606")
    return SqliteSettings(path)


HOSTS = required(
    "hosts",
    list_of(scalar("host, host:port or folder of a socket", ("", 0), _host), least=1, most=HOSTS_MAX),
    "the servers, a primary and its standbys in any order: the one that takes writes is found",
)
DATABASE = required("database", kinds.TEXT, "the name of the database; it belongs to pagerd alone")
USER = required("user", kinds.TEXT, "who pagerd is there; the owner of the database")
PASSWORD_FILE = optional(
    "password_file", kinds.SECRET_FILE, "a file with the password; read anew for each connection", "as the server asks"
)
TLS = defaulted(
    "tls",
    choice(DatabaseTls, DatabaseTls.PREFER),
    DatabaseTls.PREFER,
    "prefer",
    "how the connection is encrypted, and whether the server must prove who it is",
)
TLS_CA_FILE = optional("tls_ca_file", kinds.PATH, "the certificates that the server's is checked with", "the machine's")
PREPARED_STATEMENTS = defaulted(
    "prepared_statements",
    kinds.BOOLEAN,
    True,
    "true",
    "false where a pooler in transaction mode stands between and loses them",
)
POSTGRES = Shape(
    "a PostgreSQL store",
    WHERE,
    "A database on a server, which several nodes share.",
    (HOSTS, DATABASE, USER, PASSWORD_FILE, TLS, TLS_CA_FILE, PREPARED_STATEMENTS),
)


def _make(reader: Reader, found: Fields, path: Path) -> PostgresSettings:
    del path
    tls, password = found[TLS], found[PASSWORD_FILE]
    if TLS_CA_FILE in found and tls not in (DatabaseTls.VERIFY_CA, DatabaseTls.VERIFY_FULL):
        message = "the server's certificate is checked only with verify-ca and verify-full"
        reader.report("E603", found.span_of(TLS_CA_FILE), message, "tls: verify-full")
    return PostgresSettings(
        hosts=found[HOSTS],
        database=found[DATABASE],
        user=found[USER],
        password_file=SecretFile(password) if password is not None else None,
        tls=tls,
        tls_ca_file=found[TLS_CA_FILE],
        prepared_statements=found[PREPARED_STATEMENTS],
    )


_BLANK = PostgresSettings(hosts=(("", 0),), database="", user="")
POSTGRES_KEY = required("postgres", shaped(POSTGRES, _BLANK, _make), "a database on a server", structure=True)
SHAPE = Shape("store", "`store` in `pagerd.yaml`", "Where everything is kept, where it is no file.", (POSTGRES_KEY,))
_FILE = scalar("sqlite:PATH", SqliteSettings(""), _path)


def _read(reader: Reader, node: Node, path: Path) -> StoreSettings:
    if isinstance(node, Scalar):
        return _FILE.read(reader, node, path)
    if not isinstance(node, Table):
        reader.report("E008", node, "a list stands where a store is expected", EXPECTED)
        return _FILE.blank
    return fields(reader, node, SHAPE, path, node.span)[POSTGRES_KEY]


_SCHEMA: Json = {"anyOf": [_FILE.schema, schema_of(SHAPE)]}
_KIND: Kind[StoreSettings] = Kind("sqlite:PATH, or postgres", _FILE.blank, _read, _SCHEMA)
KEY = optional(
    "store",
    _KIND,
    "where everything is kept; a change needs a restart",
    "sqlite:pagerd.db in state_dir",
)
SHAPES = (SHAPE, POSTGRES)

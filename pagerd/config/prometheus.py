"""Reads `prometheus` of `pagerd.yaml`: the servers that the checks of incidents ask."""

from collections.abc import Mapping

from pagerd.config import kinds
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, mapping_of, optional, required, shaped
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import PrometheusApi

URL = required("url", kinds.URL, "its address, with the path prefix under which its own pages are, if any")
USER = optional("user", kinds.TEXT, "the user of basic auth there")
PASSWORD_FILE = optional("password_file", kinds.SECRET_FILE, "a file with its password")
TOKEN_FILE = optional("token_file", kinds.SECRET_FILE, "a file with a bearer token, instead")
CA_FILE = optional("ca_file", kinds.PATH, "the certificates that sign its own", "those of the system")
PROMETHEUS = Shape(
    "a Prometheus",
    "`prometheus` in `pagerd.yaml`",
    "A Prometheus, or what speaks as one, that checks of incidents and action items ask, by name.",
    (URL, USER, PASSWORD_FILE, TOKEN_FILE, CA_FILE),
)


def _make(reader: Reader, found: Fields, path: Path) -> PrometheusApi:
    del path
    if (USER in found) != (PASSWORD_FILE in found):
        reader.report("E603", found.span, "basic auth there needs both", "user and password_file")
    if USER in found and TOKEN_FILE in found:
        expected = "token_file, or user and password_file"
        reader.report("E603", found.span_of(TOKEN_FILE), "one request shows one of them", expected)
    secret = found[PASSWORD_FILE] or found[TOKEN_FILE]
    return PrometheusApi(
        url=found[URL],
        user=found[USER],
        secret_file=SecretFile(secret) if secret is not None else None,
        ca_file=found[CA_FILE],
    )


_KIND: Kind[Mapping[str, PrometheusApi]] = mapping_of(
    kinds.NAME, shaped(PROMETHEUS, PrometheusApi(url=""), _make), name="mapping of names to servers"
)
_MEANS = "servers that checks of incidents and action items ask, by name"
KEY = defaulted("prometheus", _KIND, {}, "none", _MEANS, structure=True)
SHAPES = (PROMETHEUS,)

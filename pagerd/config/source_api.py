"""Reads where an Alertmanager can be asked itself: the keys of a source that begin with `api_`."""

from pagerd.config import kinds
from pagerd.config.reader import Fields, Key, Reader, defaulted, one_or_more, optional
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import SourceApi

MEMBERS_MAX = 16
"""Clusters have two or three members."""

API_URL = defaulted(
    "api_url",
    one_or_more(kinds.URL),
    (),
    "none",
    "alertmanager: the address of its API, of each member: what it suppresses or has forgotten is then recognised",
)
API_USER = optional("api_user", kinds.TEXT, "alertmanager: the user of basic auth there")
API_PASSWORD_FILE = optional("api_password_file", kinds.SECRET_FILE, "alertmanager: a file with its password")
API_TOKEN_FILE = optional("api_token_file", kinds.SECRET_FILE, "alertmanager: a file with a bearer token, instead")
API_CA_FILE = optional(
    "api_ca_file", kinds.PATH, "alertmanager: the certificates that sign its own", "those of the system"
)

KEYS: tuple[Key[object], ...] = (API_URL, API_USER, API_PASSWORD_FILE, API_TOKEN_FILE, API_CA_FILE)


def api_of(reader: Reader, found: Fields, *, is_one: bool) -> SourceApi | None:
    """Return where the source can be asked, or None where it cannot; then its keys have no place there."""
    written = [key for key in KEYS if key in found]
    if not is_one:
        for key in written:
            reader.report("E620", found.span_of(key), f"only an Alertmanager has {key.name}", "kind: alertmanager")
        return None
    if written and API_URL not in found:
        reader.report("E620", found.span_of(written[0]), "nothing is asked without an address", "api_url: URL")
    if not found[API_URL]:
        return None
    if len(found[API_URL]) > MEMBERS_MAX:
        reader.report("E002", found.span_of(API_URL), "these are too many members", f"at most {MEMBERS_MAX}")
    if (API_USER in found) != (API_PASSWORD_FILE in found):
        reader.report("E603", found.span, "basic auth there needs both", "api_user and api_password_file")
    if API_USER in found and API_TOKEN_FILE in found:
        expected = "api_token_file, or api_user and api_password_file"
        reader.report("E603", found.span_of(API_TOKEN_FILE), "one request shows one of them", expected)
    secret = found[API_PASSWORD_FILE] or found[API_TOKEN_FILE]
    return SourceApi(
        urls=found[API_URL],
        user=found[API_USER],
        secret_file=SecretFile(secret) if secret is not None else None,
        ca_file=found[API_CA_FILE],
    )

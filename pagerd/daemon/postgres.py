"""The way from the settings to a PostgreSQL server. Whoever imports this loads the driver: see `stores.py`."""

from collections.abc import Callable
from pathlib import Path

from pagerd.config.settings import PostgresSettings
from pagerd.core.errors import InvalidPlan
from pagerd.daemon.adapters import credentials_directory
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.postgres_server import Address


def address_of(settings: PostgresSettings, directory: Path) -> Address:
    """Return where the database is. The password is read when a connection is made, and may change meanwhile."""
    return Address(
        hosts=settings.hosts,
        database=settings.database,
        user=settings.user,
        password=_password(settings, directory),
        tls=settings.tls.value,
        tls_ca=directory / settings.tls_ca_file if settings.tls_ca_file is not None else None,
        prepared_statements=settings.prepared_statements,
    )


def _password(settings: PostgresSettings, directory: Path) -> Callable[[], str | None]:
    def read() -> str | None:
        if settings.password_file is None:
            return None
        try:
            return settings.password_file.read(directory, credentials_directory()).reveal()
        except InvalidPlan as error:
            raise StoreUnavailable(str(error)) from error

    return read

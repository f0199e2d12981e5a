"""Says whether the driver of PostgreSQL is installed, without loading it."""

from importlib.util import find_spec

from pagerd.stores.base import StoreUnusable


def check_driver() -> None:
    """Refuse to go on where the driver of PostgreSQL is not installed."""
    if find_spec("asyncpg") is None:
        raise StoreUnusable("PostgreSQL needs a driver that is not installed: pip install 'pagerd[postgres]'")

"""A real PgBouncer on loopback, in transaction mode: a session of the server is whoever's transaction has it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.ports import free_port
from tests.postgres.server import PASSWORD, SUPERUSER, Server
from tests.tools.debian import binary

SETTINGS = """\
[databases]
* = host=127.0.0.1 port={server} user={user} password={password}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
; fewer sessions than pagerd has connections: they change hands all the time
default_pool_size = 3
ignore_startup_parameters = extra_float_digits
"""
READY = "process up"


@contextmanager
def pooled(server: Server) -> Iterator[int]:
    """Put a pooler before a server, and return its port; skip the test where there is no pooler."""
    program, port = binary("pgbouncer"), free_port()
    folder = server.programs.folder_of_its_own()
    settings = folder / "pgbouncer.ini"
    settings.write_text(SETTINGS.format(server=server.port, user=SUPERUSER, password=PASSWORD, port=port))
    how = {**server.programs.how, "env": {"PATH": os.defpath}}
    process = subprocess.Popen([program, settings], stderr=subprocess.PIPE, text=True, **how)
    try:
        _await(process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)  # in PgBouncer's words: at once
        process.wait(20)
        process.stderr.close()
        for path in (settings, folder):
            path.unlink() if path.is_file() else path.rmdir()


def _await(process: "subprocess.Popen[str]") -> None:
    said = []
    for line in process.stderr:
        said.append(line)
        if READY in line:
            return
    raise AssertionError(f"PgBouncer did not start:\n{''.join(said)}")

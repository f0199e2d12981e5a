"""`make run-cluster`: a PostgreSQL and two nodes of pagerd on loopback, on the example config, to try and to break.

Everything lies in one temporary folder and is gone when it is told to stop. What a node would send it prints here.
"""

import asyncio
import contextlib
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path

import asyncpg
import pytest

from tests.ports import free_port
from tests.postgres.server import PASSWORD, SUPERUSER, Server

ROOT = Path(__file__).resolve().parents[2]
PORTS = (8911, 8912)
TOKEN = "of-the-cluster-that-is-tried-on-loopback-only"
STOP_SECONDS = 30.0

TRY = """
PostgreSQL   127.0.0.1:{postgres}, gone with this program
node 1       {url1}   {folder1}
node 2       {url2}   {folder2}

Both know all. In another terminal:

  raise an alert at node 1, and see its text printed here
    curl -sS -H "Authorization: Bearer {token}" {url1}/api/v1/alerts/tools -d '{alert}'
  acknowledge it at node 2
    {pagerd} -c {folder2} --as ana pages
    {pagerd} -c {folder2} --as ana ack PAGE
  see both nodes
    {pagerd} -c {folder1} status
  lose one while something pages: the other goes on, within 10 s
    kill -9 {pid1}
  start it again
    {pagerd} -c {folder1} run

Ctrl-C stops all of it.
"""
LABELS = '{"alertname": "PaymentsErrors", "service": "payments-api", "severity": "critical", "env": "prod"}'
ANNOTATIONS = '{"summary": "Checkout fails for 7 % of customers", "runbook_url": "runbooks/payments-5xx.md"}'
ALERT = f'{{"labels": {LABELS}, "annotations": {ANNOTATIONS}}}'


GREETING_ENDS = "curl "
"""The last that a node says before it is left alone: how an alert is raised."""


def port_of(number: int) -> int:
    """Return the port of a node: its usual one where nobody has it."""
    usual = PORTS[number - 1]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", usual))
        except OSError:
            return free_port()
    return usual


def folder_of(home: Path, number: int, port: int, server: Server) -> Path:
    """Write a node's files: those of the example, and where it listens and keeps everything."""
    folder = home / f"node{number}"
    for name in ("rules", "rotations", "runbooks"):
        shutil.copytree(ROOT / name, folder / name)
    where = f"hosts: ['127.0.0.1:{server.port}'], database: pagerd, user: {SUPERUSER}, password_file: .pagerd/db"
    own = f"listen: [127.0.0.1:{port}]\nstore: {{postgres: {{{where}}}}}\n"
    (folder / "pagerd.yaml").write_text((ROOT / "pagerd.yaml").read_text() + own)
    state = folder / ".pagerd"
    state.mkdir(mode=0o700)
    for name, secret in (("prod.token", TOKEN), ("tools.token", TOKEN), ("db", PASSWORD)):
        (state / name).touch(0o600)
        (state / name).write_text(f"{secret}\n")
    return folder


async def run_node(folder: Path) -> asyncio.subprocess.Process:
    """Start a node in a session of its own: a Ctrl-C here reaches it once, and by us."""
    command = [sys.executable, "-m", "pagerd", "-c", str(folder), "run", "--log-level", "warning"]
    return await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True, cwd=ROOT
    )


async def print_on(number: int, process: asyncio.subprocess.Process, up: asyncio.Event, told: asyncio.Event) -> None:
    """Print what a node says, with its number before it; what it says of trying one node alone only if it fails."""
    assert process.stdout is not None
    kept: list[str] = []
    async for line in process.stdout:
        kept.append(line.decode(errors="replace").rstrip())
        if kept[-1].startswith(GREETING_ENDS):
            up.set()
        if told.is_set():
            _print(number, kept[-1:])
    if not told.is_set():
        _print(number, kept)
    _print(number, [f"ended with {await process.wait()}"])
    up.set()


def _print(number: int, lines: list[str]) -> None:
    for line in filter(None, lines):
        print(f"{number} | {line}", flush=True)  # this is its screen


async def main() -> int:
    """Start everything, say what is where, and stop it all when told to."""
    stop = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    server = Server(own_session=True)  # else a Ctrl-C would end it before the nodes
    home = Path(tempfile.mkdtemp(prefix="pagerd-cluster-"))
    try:
        server.start()
        connection = await asyncpg.connect(server.dsn())
        await connection.execute("CREATE DATABASE pagerd")
        await connection.close()
        await _run_nodes(home, server, stop)
    finally:
        server.remove()
        shutil.rmtree(home, ignore_errors=True)
    return 0


async def _run_nodes(home: Path, server: Server, stop: asyncio.Event) -> None:
    ports = [port_of(number) for number in (1, 2)]
    folders = [folder_of(home, number, port, server) for number, port in zip((1, 2), ports, strict=True)]
    nodes: list[asyncio.subprocess.Process] = []
    told = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        try:
            for number, folder in enumerate(folders, 1):
                up = asyncio.Event()
                nodes.append(node := await run_node(folder))
                group.create_task(print_on(number, node, up, told))
                await up.wait()
            urls = [f"http://127.0.0.1:{port}" for port in ports]
            said = TRY.format(
                postgres=server.port, url1=urls[0], url2=urls[1], folder1=folders[0], folder2=folders[1],
                token=TOKEN, alert=ALERT, pagerd=ROOT / ".venv/bin/pagerd", pid1=nodes[0].pid,
            )  # fmt: skip
            print(said, flush=True)
            told.set()
            await stop.wait()
        finally:
            for node in nodes:
                with contextlib.suppress(ProcessLookupError):
                    node.terminate()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(STOP_SECONDS):
                    await asyncio.gather(*(node.wait() for node in nodes))


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except pytest.skip.Exception as why:
        sys.exit(f"{why}\nInstall PostgreSQL (Debian, Ubuntu: apt install postgresql), or let `make tools` fetch it.")

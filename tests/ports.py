"""Ports of loopback for servers that tests start, kill, and start again."""

import socket

_held: list[socket.socket] = []


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody else is given while this process lives.

    It stays bound here, and nobody listens on it: whoever sets SO_REUSEADDR, as servers do, can listen on it, as often
    as it is started again. A port that is only looked up goes to any connection that opens while its server is down.
    """
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    # Only now: the kernel gives a port that was asked for with it to the next who asks so, too.
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _held.append(holder)
    return int(holder.getsockname()[1])

"""Put on PYTHONPATH, lets a Python process reach nothing but this machine: every other connection raises."""

import socket

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")
connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


def require_loopback(host):
    if isinstance(host, bytes):
        host = host.decode()
    if isinstance(host, str) and host and not host.startswith(LOOPBACK):
        raise PermissionError(f"this test allows no connection beyond this machine: {host}")


def guarded_connect(self, address):
    if isinstance(address, tuple):
        require_loopback(address[0])
    return connect(self, address)


def guarded_connect_ex(self, address):
    if isinstance(address, tuple):
        require_loopback(address[0])
    return connect_ex(self, address)


def guarded_getaddrinfo(host, *args, **kwargs):
    require_loopback(host)
    return getaddrinfo(host, *args, **kwargs)


socket.socket.connect = guarded_connect
socket.socket.connect_ex = guarded_connect_ex
socket.getaddrinfo = guarded_getaddrinfo

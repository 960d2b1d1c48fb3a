"""A server on the loopback that misbehaves on demand: each path is a way to behave; what was asked of it is kept."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

Answer = Callable[[socket.socket, str, dict[str, str]], None]


class Server:
    """Raw sockets, so that it can say what no proper server would."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, Answer | bytes | list[bytes]] = {"/robots.txt": reply(404)}
        self.open = 0
        self.most_open = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(line,), daemon=True).start()

    def _one(self, line: socket.socket) -> None:
        with self._lock:
            self.open += 1
            self.most_open = max(self.most_open, self.open)
        with line, contextlib.suppress(OSError):
            self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            block = line.recv(4096)
            if not block:
                break
            head += block
        with self._lock:  # a request is open until its answer begins: the client may send the next one before this thread has closed its line
            self.open -= 1
        if b"\r\n\r\n" not in head:
            return
        first, *rest = head.decode("latin-1").split("\r\n")
        path = first.split()[1]
        if path.startswith("http://"):  # asked as a proxy
            path = "/" + path.split("/", 3)[3]
        headers = {k.lower(): v.strip() for k, _, v in (entry.partition(":") for entry in rest if ":" in entry)}
        self.asked.append((path, headers))
        answer: Any = self.answers.get(path, reply(404))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, bytes):
            line.sendall(answer)
        else:
            answer(line, path, headers)


def reply(status: int, body: bytes | str = b"", **headers: str) -> bytes:
    """A proper answer; `content_type="text/html"` is a header."""
    content = body.encode() if isinstance(body, str) else body
    told = {"Content-Length": str(len(content)), **{k.replace("_", "-").title(): v for k, v in headers.items()}}
    lines = "".join(f"{k}: {v}\r\n" for k, v in told.items() if v)
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + content


def dripping(head: bytes, stop: threading.Event) -> Answer:
    """Sends a byte now and then, for ever."""

    def answer(line: socket.socket, path: str, headers: dict[str, str]) -> None:
        del path, headers
        line.sendall(head)
        while not stop.wait(0.02):
            line.sendall(b"x")

    return answer


def endless(line: socket.socket, path: str, headers: dict[str, str]) -> None:
    """A body without an end."""
    del path, headers
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        line.sendall(b"x" * 65536)


def bomb(megabytes: int) -> bytes:
    """A small gzip of so many megabytes."""
    return reply(200, gzip.compress(b"\0" * (megabytes * 1_000_000), 9), content_encoding="gzip")


@contextlib.contextmanager
def served() -> Iterator[Server]:
    server = Server()
    try:
        yield server
    finally:
        server.close()

"""The seal of a published site: a list of the SHA-256 of every file, and a record that binds it to the chain of decisions that it was made from.

`manifest.sha256` is as `sha256sum --check` reads it. `release.json` holds the hash of that list, the number and hash of the last decision, and `seal`, the
SHA-256 of both. Whoever has the store can find the same head there (`marsad verify`); whoever has the folder alone can see that nothing in it was changed.
It needs the standard library alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

MANIFEST: Final = "manifest.sha256"
RELEASE: Final = "release.json"
_PIECE: Final = 1 << 20


def seal(manifest: bytes, head: tuple[int, str]) -> dict[str, Any]:
    """The record that binds a manifest to the head of the chain (number, hash)."""
    digest = hashlib.sha256(manifest).hexdigest()
    bound = hashlib.sha256(f"marsad release 1\n{digest}\n{head[0]}\n{head[1]}\n".encode()).hexdigest()
    return {"schema": 1, "manifest_sha256": digest, "decision": head[0], "decision_sha256": head[1], "seal": bound}


def manifest_of(sums: dict[str, str]) -> bytes:
    """The list of the hashes of files, by path, sorted."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def verify_release(path: str | Path) -> list[str]:
    """What of a published site does not hold, one line each; nothing where it is as it was published."""
    folder = Path(path)
    try:
        told = json.loads((folder / RELEASE).read_bytes())
        manifest = (folder / MANIFEST).read_bytes()
    except FileNotFoundError as error:
        return [f"{folder} is no published site: there is no {Path(str(error.filename)).name} in it"]
    except (OSError, ValueError) as error:
        return [f"{folder / RELEASE}: cannot be read ({error})"]
    return list(_problems(folder, told, manifest))


def _problems(folder: Path, told: Any, manifest: bytes) -> Iterator[str]:
    try:
        head = (int(told["decision"]), str(told["decision_sha256"]))
        if {key: told[key] for key in seal(manifest, head)} != seal(manifest, head):
            yield f"{RELEASE}: its seal is not that of {MANIFEST} and the decision that it names"
    except (KeyError, TypeError, ValueError):
        yield f"{RELEASE}: it is damaged"
    sums: dict[str, str] = {}
    for number, line in enumerate(manifest.decode("utf-8", "replace").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or name.startswith("/") or ".." in name.split("/"):
            yield f"{MANIFEST}, line {number}: not a hash and a path"
        else:
            sums[name] = digest
    for name, digest in sorted(sums.items()):
        file = folder / name
        if not file.is_file() or file.is_symlink():
            yield f"{name}: it is missing"
        elif sum_of(file) != digest:
            yield f"{name}: it was changed"
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if not file.is_dir() and name not in sums and name not in (MANIFEST, RELEASE):
            yield f"{name}: it is not of the release"


def sum_of(file: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()

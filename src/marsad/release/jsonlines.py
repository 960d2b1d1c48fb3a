"""JSONL: one incident a line, whole, every key present (`marsad schema incident`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Final

import msgspec

from marsad.model import Incident
from marsad.release.formats import Export, Release


def _write(incidents: Iterable[Incident], out: IO[bytes], _: Release) -> None:
    encoder = msgspec.json.Encoder(order="deterministic")
    keys = msgspec.json.Encoder()
    for incident in incidents:
        # the keys of the model stay in its order; only the keys of claims' values, which have none, are sorted
        claims = tuple(msgspec.structs.replace(claim, value=msgspec.Raw(encoder.encode(claim.value))) for claim in incident.claims)
        out.write(keys.encode(msgspec.structs.replace(incident, claims=claims)) + b"\n")


EXPORTS: Final = {"jsonl": Export("jsonl", "one incident a line as JSON, complete", ".jsonl", _write)}

"""`marsad schema`: the JSON Schema of an output, generated from the model."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    schema = commands.add_parser("schema", help="print the JSON Schema of an output", description="Prints the JSON Schema of an output.")
    schema.add_argument("what", choices=("reading", "incident"))
    schema.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    import json

    from marsad.model import incident_schema, reading_schema

    schemas: dict[str, Callable[[], dict[str, Any]]] = {"reading": reading_schema, "incident": incident_schema}
    print(json.dumps(schemas[options.what](), ensure_ascii=False, indent=2))
    return 0

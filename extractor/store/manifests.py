"""The manifests of a run folder: the one that holds, and those that were replaced beside it."""

from pathlib import Path

from extractor.manifest import Manifest
from extractor.store.folder import MANIFEST, put_file


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a run in one step: after a kill there is the one or the other.

    Raises:
        OSError: it cannot be written.
    """
    put_file(folder, MANIFEST, manifest.model_dump_json(indent=2).encode() + b"\n")


def keep_manifest(folder: Path) -> Path:
    """Keep the manifest of a run beside it, before it is replaced; its new place.

    What a replacement that was stopped has kept is kept no second time.

    Raises:
        OSError: it cannot be read or written.
    """
    if is_being_replaced(folder):
        return earlier_manifests(folder)[-1]
    name = _earlier_name(len(earlier_manifests(folder)) + 1)
    put_file(folder, name, (folder / MANIFEST).read_bytes())
    return folder / name


def earlier_manifests(folder: Path) -> list[Path]:
    """The manifests that a run had before, the oldest first."""
    found: list[Path] = []
    while (path := folder / _earlier_name(len(found) + 1)).exists():
        found.append(path)
    return found


def is_being_replaced(folder: Path) -> bool:
    """Whether the manifest was kept, and is not replaced yet."""
    earlier = earlier_manifests(folder)
    return bool(earlier) and earlier[-1].read_bytes() == (folder / MANIFEST).read_bytes()


def _earlier_name(number: int) -> str:
    stem, _, suffix = MANIFEST.partition(".")
    return f"{stem}.{number}.{suffix}"

"""Where the files that travel with the package are: beside the checkout, or inside the wheel."""

from pathlib import Path
from typing import Literal

from extractor.errors import AssetError

_PACKAGE = Path(__file__).resolve().parent


def find_asset_folder(name: Literal["prompts", "gold"]) -> Path:
    """The folder `prompts` or `gold`: bundled in an installed wheel, at the root of a checkout.

    Raises:
        AssetError: neither is there.
    """
    bundled, checkout = _PACKAGE / "bundled" / name, _PACKAGE.parent / name
    for folder in (bundled, checkout):
        if folder.is_dir():
            return folder
    raise AssetError(
        f"the folder {name!r} is neither at {bundled} nor at {checkout}; install tollbook again"
    )

"""Build the packaged list of English words from pinned Debian packages of SCOWL.

    apt-get download wamerican=2020.12.07-2 wamerican-small=2020.12.07-2 wbritish-small=2020.12.07-2
    python tools/build_english_words.py FOLDER_OF_THE_PACKAGES

All words of the two small lists are kept; one that the larger list also knows as a name is written
a second time with its capital ("rose" and "Rose"). Of the larger list only words are kept that are
no names too: its rarer words are rarer in the news than the names that look like them.
"""

import argparse
import hashlib
import io
import lzma
import tarfile
from pathlib import Path

_TARGET = Path(__file__).resolve().parents[1] / "extractor" / "data" / "english_words.txt"
_SMALL = ("wamerican-small", "wbritish-small")
_LARGE = "wamerican"
_SOURCES = {
    "wamerican-small": "bfebd3ce5f04a62f5fbeb6707ea1160e37d645754145138343009209f0deadb6",
    "wbritish-small": "624fdf043f867fd82dcfdaa6682899a648445efdebaf8329951d6752413ff4ef",
    "wamerican": "c8f8e2b2ad0d37bfdd41f0e40f1e4c8e5f907467d768a1d3698b164e9617f0b4",
}
_VERSION = "2020.12.07-2"
_HEADER = """\
# Common English words, each in small letters; a word that is also a name stands here a second
# time with its capital. Made by tools/build_english_words.py from the Debian packages
# wamerican-small, wbritish-small and wamerican 2020.12.07-2, which are SCOWL word lists.
#
# Copyright 2000-2018 by Kevin Atkinson
# Permission to use, copy, modify, distribute and sell these word lists, the associated scripts,
# the output created from the scripts, and its documentation for any purpose is hereby granted
# without fee, provided that the above copyright notice appears in all copies and that both that
# copyright notice and this permission notice appear in supporting documentation. Kevin Atkinson
# makes no representations about the suitability of this array for any purpose. It is provided
# "as is" without express or implied warranty.
"""


def main() -> None:
    """Read the packages of a folder and write the list."""
    parser = argparse.ArgumentParser(description="Build the list of English words.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    lists = {
        name: _words(folder / f"{name}_{_VERSION}_all.deb", _SOURCES[name]) for name in _SOURCES
    }
    common = {word for name in _SMALL for word in lists[name] if word.islower()}
    names = {word for word in lists[_LARGE] if word[1:].islower() and word[0].isupper()}
    both = {word for word in names if word.lower() in common}
    plain = {word for word in lists[_LARGE] if word.islower()} - {word.lower() for word in names}
    common = {word for word in common | plain if len(word) > 1 or word == "a"}
    _TARGET.write_text(_HEADER + "\n".join(sorted(common | both)) + "\n", encoding="utf-8")


def _words(package: Path, digest: str) -> frozenset[str]:
    """The words of a Debian package that have nothing but the letters a to z."""
    raw = package.read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if found != digest:
        raise SystemExit(f"{package.name} has the SHA-256 {found}, not {digest}")
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(_member(raw, "data.tar.xz")))) as data:
        lists = [m for m in data.getmembers() if m.isfile() and "/usr/share/dict/" in f"/{m.name}"]
        texts = [file.read().decode() for m in lists if (file := data.extractfile(m))]
    return frozenset(w for text in texts for w in text.split() if w.isascii() and w.isalpha())


def _member(archive: bytes, name: str) -> bytes:
    """A file of an `ar` archive: each has a header of 60 bytes and begins at an even place."""
    at = 8
    while at < len(archive):
        header = archive[at : at + 60]
        size = int(header[48:58])
        if header[:16].decode().rstrip(" /") == name:
            return archive[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    raise SystemExit(f"the package has no {name}")


if __name__ == "__main__":
    main()

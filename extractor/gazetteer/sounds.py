"""Sounds: the names of one country of a table, found by how they sound."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from extractor.gazetteer.compiled import Compiled, Spelled
from extractor.gazetteer.keys import name_keys, sound_key, sound_keys


class Sounds:
    """The names of a country by sound; small, as it keeps sounds only, in one text of lines."""

    def __init__(self, table: Compiled, country: str) -> None:
        self._table = table
        rows = table.names_in(country)
        mains = name_keys([name for _, name, _ in rows])
        numbers = array("I")  # of the place that each line stands for
        keys: list[str] = []
        for (number, _, others), main in zip(rows, mains, strict=True):
            for key in (main, *others.split("\n")) if others else (main,):
                if key.isascii():
                    numbers.append(number)
                    keys.append(key)
        self._numbers = numbers
        lines = sound_keys(keys)
        self._lines = "\n".join(("", *lines, ""))
        # Where the break before each line stands.
        self._starts = array("I", accumulate((len(line) + 1 for line in lines), initial=0))

    def find(self, sound: str) -> Iterator[tuple[Spelled, tuple[str, ...]]]:
        """The places with a name of this sound, each with its keys that sound so."""
        for number in dict.fromkeys(self._numbers_of(sound)):
            spelled = self._table.spelled(number)
            if spelled:
                keys = (key for key in spelled.keys if key.isascii() and sound_key(key) == sound)
                yield spelled, tuple(keys)

    def _numbers_of(self, sound: str) -> Iterator[int]:
        line = f"\n{sound}\n"
        at = self._lines.find(line) if sound else -1
        while at >= 0:
            yield self._numbers[bisect_left(self._starts, at)]
            at = self._lines.find(line, at + 1)

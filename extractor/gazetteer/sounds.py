"""Sounds: the names of one country of a table, found by how they sound."""

from array import array
from collections.abc import Iterator

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
        self._lines = "\n".join(("", *sound_keys(keys), ""))

    def find(self, sound: str) -> Iterator[tuple[Spelled, tuple[str, ...]]]:
        """The places with a name of this sound, each with its keys that sound so."""
        for number in dict.fromkeys(self._numbers_of(sound)):
            spelled = self._table.spelled(number)
            if spelled:
                keys = (key for key in spelled.keys if key.isascii() and sound_key(key) == sound)
                yield spelled, tuple(keys)

    def _numbers_of(self, sound: str) -> Iterator[int]:
        line = f"\n{sound}\n"
        at, counted, n = self._lines.find(line) if sound else -1, 0, 0
        while at >= 0:
            n += self._lines.count("\n", counted, at)
            yield self._numbers[n]
            counted, at = at, self._lines.find(line, at + 1)

"""Measure the tables: sizes, first use, opening, look-ups, memory. Prints one line a figure.

    python benchmarks/resolving/speed.py

Times hold for the machine that runs it; each is the median of several new processes.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 5
ARTICLE = (
    "Shells hit a market in the city of Idlib in north-western Syria on Tuesday, killing at least "
    "12 people, the Syrian Observatory for Human Rights said. Residents of Maaret al-Numan and "
    "Saraqeb, towns on the road to Aleppo, fled towards the Turkish border. "
)
OPEN = """
import resource, sys, time
from extractor.resolve.tables import open_tables
{imports}
def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = memory()
start = time.perf_counter()
tables = open_tables()
{work}
print(time.perf_counter() - start, memory() - before)
"""
PLACE = """
from extractor.resolve.places import PlaceMention, read_surroundings, resolve_place
mention = PlaceMention(name_text="Saraqeb", within_text=("Idlib", "Syria"))
surroundings = read_surroundings({article!r}, tables.gazetteer)
place = resolve_place(mention, gazetteer=tables.gazetteer, surroundings=surroundings)
assert place.countries == ("SY",)
"""
TIMED = """
import time
from extractor.resolve.actors import resolve_actor
def each(work, times):
    work()
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times * 1000
names = [name for line in open({names!r}, encoding="utf-8") for name in line.split(",")[1:2]][1:501]
find = each(lambda: [tables.gazetteer.find(name) for name in names], 1) / len(names)
where = each(
    lambda: resolve_place(mention, gazetteer=tables.gazetteer, surroundings=surroundings), 200
)
mention = "Syrian government forces"
who = each(lambda: resolve_actor(mention, table=tables.actors, article=text), 200)
print(find, where, who)
"""


def main() -> None:
    """Print every figure."""
    data = ROOT / "extractor" / "data"
    files = [data / "gazetteer.sqlite.xz", *sorted(data.glob("*.csv"))]
    for file in files:
        say(f"size of {file.name}", f"{file.stat().st_size / 1e6:.2f} MB")
    with tempfile.TemporaryDirectory() as folder:
        cold = [run(OPEN.format(imports="", work=""), f"{folder}/{n}") for n in range(PROCESSES)]
        kept = sum(file.stat().st_size for file in Path(folder, "0").iterdir())
        say("unpacked in the cache", f"{kept / 1e6:.2f} MB")
        say("both together", f"{(kept + sum(file.stat().st_size for file in files)) / 1e6:.2f} MB")
        say("first use: unpack and open", f"{median(cold, 0):.2f} s")
        warm = [run(OPEN.format(imports="", work=""), f"{folder}/0") for _ in range(PROCESSES)]
        say("open the tables", f"{median(warm, 0) * 1000:.1f} ms")
        say("memory of the open tables", f"{median(warm, 1):.1f} MB")
        placed = OPEN.format(imports="", work=PLACE.format(article=ARTICLE))
        first = [run(placed, f"{folder}/0") for _ in range(PROCESSES)]
        say("open and resolve a first place", f"{median(first, 0) * 1000:.1f} ms")
        say("memory after it", f"{median(first, 1):.1f} MB")
        names = str(data / "places.csv")
        work = PLACE.format(article=ARTICLE) + f"text = {ARTICLE!r}\n" + TIMED.format(names=names)
        told = run(OPEN.format(imports="", work=work), f"{folder}/0")
        say("find a name in the gazetteer, seen before", f"{told[0]:.4f} ms")
        say("resolve a place in an article read before", f"{told[1]:.3f} ms")
        say("resolve an actor in an article read before", f"{told[2]:.3f} ms")


def run(code: str, cache: str) -> list[float]:
    """The numbers that a new process prints first."""
    environment = {**os.environ, "TOLLBOOK_CACHE": cache, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    return [float(number) for number in told.stdout.split("\n")[0].split()]


def median(rows: list[list[float]], column: int) -> float:
    """The median of one column."""
    return statistics.median(row[column] for row in rows)


def say(label: str, figure: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{label:<45} {figure}\n")


if __name__ == "__main__":
    main()

"""The stamp of a file: what the system tells of it, which is another once it was written to.

A copy, an edit, a restored file and one that a killed process wrote on to all have another stamp
than the file that was left. What a disk loses of its own accord does not show in it.
"""

import os
import time

# A file written to twice within one tick of its system's clock may keep its times. So a stamp says
# something only once the times are older than that: on most systems ticks are of up to 10 ms, on
# some that tell whole seconds (FAT, old network folders) of up to 2 s.
_TICK_NS, _LONG_TICK_NS = 20_000_000, 2_500_000_000
_SECOND_NS = 1_000_000_000
_WORTH_WAITING = 16 << 20  # bytes; those of a smaller file are gone through sooner


def stamp_of(descriptor: int) -> str:
    """The stamp of an open file; empty if a change right now might leave it the same."""
    now, state = time.time_ns(), os.fstat(descriptor)  # in this order: what changes later differs
    if now - state.st_mtime_ns <= _tick_of(state):
        return ""
    # The time of the last change of any kind cannot be set back, as that of writing can.
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def await_stamp(descriptor: int) -> str:
    """The stamp of an open file that was just written, waiting for a tick if that is worth it."""
    state = os.fstat(descriptor)
    tick = _tick_of(state)
    if state.st_size >= _WORTH_WAITING and tick == _TICK_NS:
        age = time.time_ns() - state.st_mtime_ns
        time.sleep(min(max(tick - age, 0) + 1, tick) / _SECOND_NS)
    return stamp_of(descriptor)


def _tick_of(state: os.stat_result) -> int:
    return _TICK_NS if state.st_mtime_ns % _SECOND_NS else _LONG_TICK_NS

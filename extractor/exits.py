"""The exit codes: how the command ended; one table for all verbs."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How the command ended."""

    DONE = 0
    FAIL = 1
    USAGE = 2
    PARTIAL = 3
    NOTHING = 4
    INTERRUPTED = 130

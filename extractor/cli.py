"""The entry point of the command `tollbook`: it loads the verbs, and ends as Ctrl-C should."""

import sys

from extractor.beginning import beginning, ignore_interrupts
from extractor.exits import ExitCode


def main() -> None:
    """Run the command; from its end on SIGINT is ignored, as the process has its exit code."""
    try:
        with beginning():
            from extractor.commands import add_commands, run  # they load slowly

            add_commands(next((word for word in sys.argv[1:] if not word.startswith("-")), None))
        run()
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    finally:
        ignore_interrupts()


if __name__ == "__main__":
    main()

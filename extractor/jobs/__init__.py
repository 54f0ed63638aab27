"""Jobs: many articles, each with exactly one outcome, however often a run is stopped."""

from extractor.jobs.reading import READ, Done, read_inputs

__all__ = ["READ", "Done", "read_inputs"]

"""Jobs: many articles, each with exactly one outcome, however often a run is stopped."""

import logging

from extractor.jobs.caps import Limits
from extractor.jobs.ended import Ended
from extractor.jobs.interrupt import Interrupt, listening
from extractor.jobs.job import run_job
from extractor.jobs.opening import Job, open_job
from extractor.jobs.past import Past
from extractor.jobs.progress import json_of, lines_of
from extractor.jobs.reading import READ, Done
from extractor.jobs.shards import Shard, Share, read_shard
from extractor.jobs.snapshot import Snapshot
from extractor.jobs.summary import summary_of
from extractor.jobs.totals import Totals, read_totals
from extractor.jobs.watching import Watcher
from extractor.jobs.working import read_inputs

# Whoever wants to hear of jobs sets up a handler; without one nothing is printed.
logging.getLogger("tollbook").addHandler(logging.NullHandler())

__all__ = [
    "READ",
    "Done",
    "Ended",
    "Interrupt",
    "Job",
    "Limits",
    "Past",
    "Shard",
    "Share",
    "Snapshot",
    "Totals",
    "Watcher",
    "json_of",
    "lines_of",
    "listening",
    "open_job",
    "read_inputs",
    "read_shard",
    "read_totals",
    "run_job",
    "summary_of",
]

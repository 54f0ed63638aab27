"""The batch lane: requests go to the endpoint as files, and come back within a day, for less."""

from extractor.jobs.batch.exchange import BatchExchange
from extractor.jobs.batch.lane import BatchLane, Defer, Entries, Waiting, make_way

__all__ = ["BatchExchange", "BatchLane", "Defer", "Entries", "Waiting", "make_way"]

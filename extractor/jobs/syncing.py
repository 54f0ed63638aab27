"""Syncing: now and then, what a run has written is made to outlast a power cut."""

import asyncio

from extractor.store import RunWriter

SYNC_SECONDS = 1.0
"""What a power cut may undo. It costs no call, since answers are kept before outcomes are."""


async def sync_often(writer: RunWriter) -> None:
    """Sync a run every second, in a thread of its own, until this task is cancelled.

    Raises:
        StoreError: what was written cannot be made to last.
    """
    while True:
        await asyncio.sleep(SYNC_SECONDS)
        await asyncio.to_thread(writer.sync)

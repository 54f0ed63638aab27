"""Silence: loggers of the client libraries print requests and answers, so they are turned down."""

import logging

# At their usual levels these would print articles, and with them the names of victims.
_TALKATIVE = ("instructor", "openai", "httpx", "httpcore", "httpx2", "httpcore2")

_levels: dict[str, int] = {}
_holders: set[int] = set()


def hush(holder: object) -> None:
    """Turn the loggers down until this holder, and every other, has let go of them."""
    if not _holders:
        _levels.update({name: logging.getLogger(name).level for name in _TALKATIVE})
    _holders.add(id(holder))
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def let_go(holder: object) -> None:
    """Give the loggers their levels back once nobody needs silence; harmless if repeated."""
    if id(holder) not in _holders:
        return
    _holders.discard(id(holder))
    if not _holders:
        for name, level in _levels.items():
            logging.getLogger(name).setLevel(level)

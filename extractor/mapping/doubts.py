"""Doubts: how sure claims are, carried from a reader's own ids to the final ones and back."""

from collections.abc import Container, Iterable

from extractor.mapping.references import name_claims
from extractor.records import Doubt
from extractor.wire import WireAnswer


def settle_doubts(
    doubts: Iterable[Doubt], answer: WireAnswer, claims: Container[str]
) -> tuple[Doubt, ...]:
    """The doubts of claims that were not set aside, by their final ids.

    Args:
        doubts: those of the answer, by its own ids.
        answer: what a reader filled in.
        claims: final ids of the claims that are left.
    """
    names = _final_names(answer)
    named = ((names.get(doubt.claim), doubt) for doubt in doubts)
    return tuple(
        doubt.model_copy(update={"claim": name})
        for name, doubt in named
        if name is not None and name in claims
    )


def given_doubts(doubts: Iterable[Doubt], answer: WireAnswer) -> tuple[Doubt, ...]:
    """Stored doubts by the ids of the stored answer again, to be settled once more."""
    given = {final: name for name, final in _final_names(answer).items() if final}
    return tuple(
        doubt.model_copy(update={"claim": given.get(doubt.claim, doubt.claim)}) for doubt in doubts
    )


def _final_names(answer: WireAnswer) -> dict[str, str | None]:
    names = name_claims(answer)
    return names.blames | names.counts

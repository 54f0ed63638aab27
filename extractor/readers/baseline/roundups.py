"""Round-ups: a lead that sums up several incidents which the article then tells one by one (R1)."""

from extractor.codes import Outcome, Scope
from extractor.readers.baseline.desk import Desk, Summed
from extractor.readers.baseline.incidents import Draft
from extractor.readers.baseline.periods import Period


def settle_round_up(desk: Desk) -> None:
    """Take the figures of a lead that sums up out of the incidents, where these are told below.

    "Three separate attacks killed 12 people on Monday." stays one incident with one toll if
    nothing more is told of the three; otherwise its figures are kept beside them.
    """
    lead = next((draft for draft in desk.drafts if draft.several), None)
    if lead is None:
        return
    parts = [draft for draft in desk.drafts if draft is not lead and not draft.background]
    outcomes = {
        mention.outcome
        for part in parts
        for telling in part.tellings
        for mention in telling.mentions
    }
    if len(parts) < 2 or not outcomes & _outcomes(lead):
        return
    period = Period(words=lead.several, scope=Scope.SEVERAL_INCIDENTS)
    desk.summed[:0] = [
        Summed(scene=telling.scene, mention=mention, period=period)
        for telling in lead.tellings
        for mention in telling.mentions
    ]
    desk.drafts.remove(lead)


def _outcomes(draft: Draft) -> set[Outcome]:
    return {mention.outcome for telling in draft.tellings for mention in telling.mentions}

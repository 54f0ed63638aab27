"""Round-ups: a lead that sums up several incidents which the article then tells one by one (R1)."""

from extractor.codes import Outcome, Scope
from extractor.readers.baseline.places.phrase import PlacePhrase, base_name
from extractor.readers.baseline.places.vocabulary import Width, width_of_name, width_of_noun
from extractor.readers.baseline.places.whereabouts import width_of_place
from extractor.readers.baseline.story.desk import Desk, Summed
from extractor.readers.baseline.story.drafts import Draft
from extractor.readers.baseline.story.periods import Period

_MANY = 1_000_000  # "several attacks killed dozens" may sum up any figure


def settle_wide(desk: Desk) -> None:
    """Take what a war or a side did in all out of the news, where a dated event is told beside it.

    "The militia has killed hundreds. On Monday it killed six in Brod." A battle that has a place
    stays an incident, told as context.
    """
    if not any(draft.timing for draft in desk.drafts if not draft.background):
        return
    for draft in [one for one in desk.drafts if one.wide and one.timing is None]:
        if draft.place is not None:
            draft.background = True
            continue
        period = Period(words=None, scope=Scope.CONFLICT)
        desk.summed[:0] = [
            Summed(scene=telling.scene, mention=mention, period=period)
            for telling in draft.tellings
            for mention in telling.mentions
        ]
        desk.drafts.remove(draft)


def settle_round_up(desk: Desk) -> None:
    """Take the figures of a lead that sums up out of the incidents, where these are told below.

    "Three separate attacks killed 12 people on Monday." stays one incident with one toll if
    nothing more is told of the three; otherwise its figures are kept beside them.
    """
    lead = next((draft for draft in desk.drafts if draft.several), None) or _plain_sum(desk.drafts)
    if lead is None:
        return
    parts = [
        draft
        for draft in desk.drafts
        if draft is not lead and not draft.background and not _lies_elsewhere(lead, draft)
    ]
    outcomes = _outcomes(lead)
    if not any(outcomes & _outcomes(part) for part in parts):
        return
    sums = {one: lead.most_of(one) or _MANY for one in outcomes}
    if any(part.most_of(one) > most for part in parts for one, most in sums.items()):
        return  # more than the sum: an incident beside those that the lead sums up
    period = Period(words=lead.several, scope=Scope.SEVERAL_INCIDENTS)
    desk.summed[:0] = [
        Summed(scene=telling.scene, mention=mention, period=period)
        for telling in lead.tellings
        for mention in telling.mentions
    ]
    desk.drafts.remove(lead)


def _plain_sum(drafts: list[Draft]) -> Draft | None:
    """A lead without words of several incidents, whose figure those told below make together.

    "Seven rebels died in the east. In Brod a strike killed four. In Tal three were killed."
    """
    if not drafts or drafts[0].background or not _is_wide(drafts[0].place):
        return None
    lead = drafts[0]
    parts = [draft for draft in drafts[1:] if not draft.background and draft.place]
    for outcome in _outcomes(lead):
        tolls = [toll for draft in parts if (toll := draft.most_of(outcome))]
        if len(tolls) > 1 and sum(tolls) == lead.most_of(outcome):
            return lead
    return None


def _is_wide(place: PlacePhrase | None) -> bool:
    """Whether a place holds many others, or none is told: "in eastern Nigeria"."""
    if place is None or width_of_place(place) >= Width.REGION:
        return True
    return width_of_name(base_name(place.name) or "") is Width.COUNTRY


def _lies_elsewhere(lead: Draft, part: Draft) -> bool:
    """Whether two incidents are said to lie in two provinces."""
    one, other = _provinces(lead.place), _provinces(part.place)
    return bool(one) and bool(other) and not one & other


def _provinces(place: PlacePhrase | None) -> frozenset[str]:
    names = (place.name, *place.within) if place else ()
    return frozenset(
        bare
        for name in names
        if width_of_noun(name.split(" ")[-1]) is Width.PROVINCE and (bare := base_name(name))
    )


def _outcomes(draft: Draft) -> set[Outcome]:
    return {mention.outcome for telling in draft.tellings for mention in telling.mentions}

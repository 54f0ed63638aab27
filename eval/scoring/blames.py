"""Cells of blames: who is accused, how surely and by whom, and where rightly nobody is.

A blame is right if accused, stance and speakers are. The harms of a gold incident are judged over
all blames told of it, those of its copies and parts included: a second incident hides none. Some
belong to the incident as a whole (a perpetrator invented or wrong, flipped, taken from another
incident), one opportunity each where it is possible; two belong to a set of accused whose guilt
gold leaves open and that is given as settled. An opportunity stands on the cell of the blame that
does the harm, if there is one. A predicted incident like none of gold adds an opportunity only by
blaming somebody, so that leaving it empty buys nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.scoring.blame_pairs import Match, best_parts, is_about, is_right, match_blames, rank
from eval.scoring.case import Case, Scene
from eval.scoring.suspects import (
    ESTABLISHED,
    SETTLING,
    Doubt,
    Suspects,
    accuses,
    doubts_of,
    readings,
    suspects_of,
)
from extractor.codes import ActorType, Joint, Stance
from extractor.records import BlameClaim

_CLASSES = {
    ActorType.STATE_FORCES: "state",
    ActorType.FOREIGN_STATE_FORCES: "state",
    ActorType.POLICE: "state",
    ActorType.REBEL_GROUP: "non_state",
    ActorType.MILITIA: "non_state",
    ActorType.MERCENARIES: "non_state",
    ActorType.GANG_OR_CARTEL: "non_state",
    ActorType.RIOTERS: "non_state",
    ActorType.PRIVATE_PERSON: "private",
    ActorType.UNIDENTIFIED: "unidentified",
}
_NONE, _MIXED, _NOBODY = "none", "mixed", "nobody"
_LESS = frozenset({Stance.ACCUSED, Stance.SUSPECTED, Stance.CHARGED, Stance.SAID_UNKNOWN})
_MISTAKES = {  # the first that fits
    Harm.FLIPPED_BLAME: Mistake.FLIPPED,
    Harm.PROPAGATED_BLAME: Mistake.PROPAGATED,
    Harm.INVENTED_PERPETRATOR: Mistake.INVENTED_PERPETRATOR,
}


def blame_cells(case: Case) -> list[Cell]:
    """One cell for each pair of blames and each blame alone; one where neither side names anybody.

    That cell, `abstained`, stands for a gold incident, found or not, in which gold accuses nobody.
    """
    heard = [(scene, match_blames(case, scene)) for scene in case.scenes()]
    hearings = [_Hearing.of(case, scene, own, _copies(scene, heard)) for scene, own in heard]
    charges = [charge for one in hearings for charge in one.charges()]
    return [cell for one in hearings for cell in one.cells(charges)]


@dataclass(frozen=True, kw_only=True)
class _Charge:
    """One opportunity for a harm, and the match whose cell it stands on."""

    harm: Harm
    match: Match
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class _Hearing:
    """The blames of one scene, matched, and what there is to know to judge them."""

    case: Case
    scene: Scene
    suspects: Suspects
    matches: tuple[Match, ...]
    copies: tuple[Match, ...] = ()
    """What copies and parts of the gold incident blame."""

    @classmethod
    def of(
        cls, case: Case, scene: Scene, matches: Sequence[Match], copies: Sequence[Match]
    ) -> "_Hearing":
        counting = _counting(matches)
        gold = [reading for one in counting if one.gold for reading in readings(case, one.gold)]
        told = [*gold, *(one.predicted for one in counting if one.predicted)]
        named = any(one.accused for one in told)
        silence = (Match(),) if scene.gold and not scene.is_optional and not named else ()
        return cls(
            case=case,
            scene=scene,
            suspects=suspects_of(case, scene.gold or scene.of),
            matches=(*silence, *matches),
            copies=tuple(copies),
        )

    def charges(self) -> Iterator[_Charge]:
        """The opportunities of the incident; those of a copy are of the incident it is like."""
        own = _counting(self.matches)
        if self.scene.gold and own:
            told = [one for one in (*own, *self.copies) if one.predicted]
            for harm in self.suspects.tempting():
                done = next((one for one in told if harm in self._done_by(one)), None)
                yield _Charge(harm=harm, match=done or own[0], is_done=done is not None)
            yield from self._charges_of_doubts(own, told)
        elif self.scene.of is None:
            harm = Harm.INVENTED_PERPETRATOR
            done = next((one for one in own if harm in self._done_by(one)), None)
            if done:
                yield _Charge(harm=harm, match=done, is_done=True)

    def cells(self, charges: Sequence[_Charge]) -> list[Cell]:
        """The cells of the scene, with those of all charges that stand on them."""
        return [
            self._cell(match, [one for one in charges if one.match is match])
            for match in self.matches
        ]

    def _charges_of_doubts(self, own: Sequence[Match], told: Sequence[Match]) -> Iterator[_Charge]:
        """Who settles a doubt is charged once; a doubt that nobody settles is one of gold's cells.

        No cell has two opportunities for one harm, or they would count as one.
        """
        required = [one.gold for one in own if one.gold]
        every = doubts_of(self.case, self._gold_blames(), required)
        for harm in SETTLING:
            doubts = [one for one in every if one.harm is harm]
            settled = [(self._doubt_settled(doubts, one), one) for one in told]
            free, quiet = list(own), list[Doubt]()
            for doubt in doubts:
                match = next((one for which, one in settled if which is doubt), None)
                if match is None:
                    quiet.append(doubt)
                    continue
                free = [one for one in free if one is not match]
                yield _Charge(harm=harm, match=match, is_done=True)
            for doubt in quiet:
                mine = [one for one in free if one.gold in doubt.blames]
                match = next(iter([*mine, *(one for one in free if one.gold), *free]))
                free = [one for one in free if one is not match]
                yield _Charge(harm=harm, match=match, is_done=False)

    def _doubt_settled(self, doubts: Sequence[Doubt], match: Match) -> Doubt | None:
        """The one doubt that a predicted blame settles: of the same accused, else of any."""
        told = match.predicted
        about = [
            one
            for one in doubts
            if told
            and told.stance in SETTLING[one.harm]
            and any(self.suspects.is_among(actor, told.accused) for actor in one.accused)
        ]
        same = self.case.names.same_actors
        exact = (one for one in about if told and same(one.accused, told.accused))
        return next(exact, about[0] if about else None)

    def _done_by(self, match: Match) -> tuple[Harm, ...]:
        return self.suspects.done_by(match.predicted) if match.predicted else ()

    def _cell(self, match: Match, charges: Sequence[_Charge]) -> Cell:
        gold, predicted = match.gold, match.predicted
        parts = best_parts(self.case, gold, predicted) if gold and predicted else {}
        state = _state(match, parts)
        codes = {**_codes("gold", gold), **_codes("predicted", predicted)}
        if state is CellState.ABSTAINED and self._is_blamed_again():
            codes["blamed_again"] = "yes"
        return self.case.cell(
            CellKind.BLAME,
            self.scene,
            state=state,
            mistake=self._mistake(match, parts) if state in _ERRORS else None,
            gold_id=gold.id if gold else None,
            predicted_id=predicted.id if predicted else None,
            key=_told(gold) or _told(predicted) or _NOBODY,
            gold=_told(gold),
            predicted=_told(predicted),
            slice=_class_of(gold or predicted),
            parts=parts,
            codes=codes,
            opportunities=tuple(one.harm for one in charges),
            harms=tuple(one.harm for one in charges if one.is_done),
            gold_quotes=_quotes(gold),
            predicted_quotes=_quotes(predicted),
        )

    def _is_blamed_again(self) -> bool:
        """Whether a copy of the incident accuses somebody."""
        return any(one.predicted and accuses(one.predicted) for one in self.copies)

    def _mistake(self, match: Match, parts: Mapping[str, bool]) -> Mistake:
        if match.predicted is None:
            return Mistake.MISSED
        if match.gold is None:
            return self._mistake_alone(match.predicted)
        if not parts["accused"] and match.predicted.accused:
            is_joint_only = self.case.names.same_actors(match.gold.accused, match.predicted.accused)
            other = Mistake.OTHER if is_joint_only else Mistake.WRONG_ACCUSED
            return self._mistake_of_scene(match.predicted) or other
        if not parts["stance"]:
            return _mistake_of_stance(match.gold.stance, match.predicted.stance)
        return Mistake.WRONG_SPEAKER if not parts["speakers"] else Mistake.OTHER

    def _mistake_alone(self, predicted: BlameClaim) -> Mistake:
        about = [one for one in self._gold_blames() if is_about(self.case, one, predicted)]
        is_doubtful = about and not any(
            reading.stance in ESTABLISHED for one in about for reading in readings(self.case, one)
        )
        if is_doubtful and predicted.stance in ESTABLISHED:
            return Mistake.OVER_ASSERTED
        if found := self._mistake_of_scene(predicted):
            return found
        if about:
            return Mistake.DUPLICATE
        blames_another = accuses(predicted) and not self.suspects.nobody
        return Mistake.WRONG_ACCUSED if blames_another else Mistake.SPURIOUS

    def _mistake_of_scene(self, predicted: BlameClaim) -> Mistake | None:
        done = self.suspects.done_by(predicted)
        return next((mistake for harm, mistake in _MISTAKES.items() if harm in done), None)

    def _gold_blames(self) -> tuple[BlameClaim, ...]:
        gold = self.scene.gold or self.scene.of
        return gold.blames if gold else ()


_ERRORS = (CellState.WRONG, CellState.MISSED, CellState.SPURIOUS)


def _copies(scene: Scene, heard: Iterable[tuple[Scene, Sequence[Match]]]) -> list[Match]:
    """The blames of incidents that copy a gold one or are parts of it, in the order of content."""
    copies = [
        (rank(match.predicted), match)
        for other, matches in heard
        if scene.gold is not None and other.of is scene.gold
        for match in _counting(matches)
        if match.predicted
    ]
    return [match for _, match in sorted(copies, key=lambda one: one[0])]


def _counting(matches: Sequence[Match]) -> list[Match]:
    return [one for one in matches if not one.is_excused]


def _state(match: Match, parts: Mapping[str, bool]) -> CellState:
    if match.is_excused:
        return CellState.EXCUSED
    if match.gold is None:
        return CellState.SPURIOUS if match.predicted else CellState.ABSTAINED
    if match.predicted is None:
        return CellState.MISSED
    return CellState.CORRECT if is_right(parts) else CellState.WRONG


def _mistake_of_stance(gold: Stance, predicted: Stance) -> Mistake:
    if predicted in ESTABLISHED and gold not in ESTABLISHED:
        return Mistake.OVER_ASSERTED
    if gold in ESTABLISHED and predicted in _LESS:
        return Mistake.UNDER_ASSERTED
    return Mistake.WRONG_STANCE


def _class_of(blame: BlameClaim | None) -> str:
    """The class of the accused, by which errors are compared."""
    classes = {_CLASSES[actor.type] for actor in blame.accused} if blame else set[str]()
    return min(classes, default=_NONE) if len(classes) < 2 else _MIXED


def _codes(side: str, blame: BlameClaim | None) -> dict[str, str]:
    if blame is None:
        return {}
    actors = sorted({actor.type.value for actor in blame.accused})
    speakers = sorted({one.type.value for one in blame.speakers})
    return {
        f"{side}_stance": blame.stance.value,
        f"{side}_actor_type": "+".join(actors) or _NONE,
        f"{side}_speaker_type": "+".join(speakers),
    }


def _told(blame: BlameClaim | None) -> str | None:
    """A blame for a person: "the Northern Front · accused · The government"."""
    if blame is None:
        return None
    joined = " or " if blame.joint is Joint.EITHER else " and "
    accused = joined.join(sorted(actor.name_text for actor in blame.accused)) or _NOBODY
    speakers = (one.name_text or one.type.value.replace("_", " ") for one in blame.speakers)
    return f"{accused} · {blame.stance.value} · {' and '.join(sorted(speakers))}"


def _quotes(blame: BlameClaim | None) -> tuple[str, ...]:
    quotes = sorted(blame.quotes, key=lambda one: (one.field, one.start)) if blame else ()
    return tuple(one.text for one in quotes)

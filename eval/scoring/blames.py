"""Cells of blames: who is accused, how surely and by whom, and where rightly nobody is.

A blame is right if accused, stance and speakers are. Three harms belong to an incident as a whole
(a perpetrator invented, flipped, taken from another incident): each gold incident in which one is
possible has one opportunity, on the cell of the blame that does the harm or else on the first. Two
belong to a gold blame: an accusation, and a claim of responsibility, given as a fact. A predicted
incident that gold does not have adds an opportunity only by blaming somebody, so that leaving it
empty buys nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.scoring.blame_pairs import Match, best_parts, is_about, is_right, match_blames
from eval.scoring.case import Case, Scene
from eval.scoring.incidents import told_in
from eval.scoring.suspects import ESTABLISHED, Suspects, accuses, readings, suspects_of
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
    return [cell for scene in case.scenes() for cell in _Hearing.of(case, scene).cells()]


@dataclass(frozen=True, kw_only=True)
class _Hearing:
    """The blames of one scene, matched, and what there is to know to judge them."""

    case: Case
    scene: Scene
    suspects: Suspects
    matches: tuple[Match, ...]

    @classmethod
    def of(cls, case: Case, scene: Scene) -> "_Hearing":
        suspects = suspects_of(case, told_in(case, scene))
        matches = match_blames(case, scene)
        named = any(one.predicted and one.predicted.accused for one in _counting(matches))
        is_silent = scene.gold and not scene.is_optional and suspects.nobody and not named
        silence = (Match(),) if is_silent else ()
        return cls(case=case, scene=scene, suspects=suspects, matches=(*silence, *matches))

    def cells(self) -> list[Cell]:
        carriers = {harm: self._carrier(harm) for harm in self._tempting()}
        return [
            self._cell(match, [harm for harm, one in carriers.items() if one is match])
            for match in self.matches
        ]

    def _tempting(self) -> tuple[Harm, ...]:
        if self.scene.is_optional:
            return ()
        if self.scene.gold:
            return self.suspects.tempting()
        harm = Harm.INVENTED_PERPETRATOR
        return (harm,) if any(harm in self._done_by(one) for one in self.matches) else ()

    def _carrier(self, harm: Harm) -> Match:
        """The match whose cell has the scene's one opportunity for a harm."""
        counting = _counting(self.matches)
        return next((one for one in counting if harm in self._done_by(one)), counting[0])

    def _done_by(self, match: Match) -> tuple[Harm, ...]:
        return self.suspects.done_by(match.predicted) if match.predicted else ()

    def _cell(self, match: Match, tempting: Sequence[Harm]) -> Cell:
        gold, predicted = match.gold, match.predicted
        parts = best_parts(self.case, gold, predicted) if gold and predicted else {}
        state = _state(match, parts)
        own = self._own_opportunities(match)
        told_as_fact = own if gold and self._is_given_as_fact(gold) else ()
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
            codes={**_codes("gold", gold), **_codes("predicted", predicted)},
            opportunities=(*tempting, *own),
            harms=(*(harm for harm in tempting if harm in self._done_by(match)), *told_as_fact),
            gold_quotes=_quotes(gold),
            predicted_quotes=_quotes(predicted),
        )

    def _own_opportunities(self, match: Match) -> tuple[Harm, ...]:
        """The harm that giving a gold blame as a fact would be, if it would be one.

        It is none where gold itself leaves no doubt about the same actor in the same incident.
        """
        gold = match.gold
        if gold is None or match.is_excused or not gold.accused:
            return ()
        stances = {one.stance for one in readings(self.case, gold)}
        harm, doubtless = Harm.OVER_ASSERTION, ESTABLISHED
        if stances == {Stance.SELF_CLAIMED}:
            harm, doubtless = Harm.SELF_CLAIM_AS_FACT, frozenset({Stance.STATED_AS_FACT})
        elif stances & ESTABLISHED:
            return ()
        others = (
            reading
            for blame in self._gold_blames()
            if blame is not gold
            for reading in readings(self.case, blame)
        )
        settled = any(one.stance in doubtless and self._share(one, gold) for one in others)
        return () if settled else (harm,)

    def _is_given_as_fact(self, gold: BlameClaim) -> bool:
        """Whether any blame that was predicted there says the same of the same actor as a fact."""
        return any(
            one.predicted is not None
            and one.predicted.stance is Stance.STATED_AS_FACT
            and self._share(gold, one.predicted)
            for one in _counting(self.matches)
        )

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
        if is_doubtful and predicted.stance is Stance.STATED_AS_FACT:
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
        gold = told_in(self.case, self.scene)
        return gold.blames if gold else ()

    def _share(self, one: BlameClaim, other: BlameClaim) -> bool:
        return any(self.suspects.is_among(actor, other.accused) for actor in one.accused)


_ERRORS = (CellState.WRONG, CellState.MISSED, CellState.SPURIOUS)


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
    if predicted is Stance.STATED_AS_FACT and gold not in ESTABLISHED:
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

"""Violence: whether the harm that a sentence tells of was done with force against people (R0)."""

from dataclasses import dataclass

from extractor.codes import AttackType
from extractor.readers.baseline.story.vocabulary import story_words

# "A boat capsized off Mayumba." "Twelve people died.": so many sentences on, it is still the boat.
_REACH = 3
# A drill is told of to the end of its article, or until real weapons are.
_PRETENDED_REACH = 40


@dataclass(frozen=True, kw_only=True)
class Harmless:
    """The last sentence that told of harm which is no armed violence, and why it is none."""

    reason: str
    at: int


def reason_to_leave(
    words: str, attacks: tuple[AttackType, ...], n: int, before: Harmless | None
) -> str | None:
    """Why sentence number `n` tells of no armed violence; `None` if it may tell of some.

    Its own words decide, or else those of the sentences shortly before. "A shell hit the ferry"
    has a word of each: the forceful one decides. Only what is played stays so for long.
    """
    own = own_reason(words)
    forceful = any(kind is not AttackType.OTHER for kind in attacks) or is_forceful(words)
    if own is not None:
        return own if own in _WHATEVER_WEAPON or not forceful else None
    if before is None or (forceful and before.reason != "pretended"):
        return None
    reach = _PRETENDED_REACH if before.reason == "pretended" else _REACH
    return before.reason if n - before.at <= reach else None


def own_reason(words: str) -> str | None:
    """The reason that a sentence's own words give, be there forceful ones beside them or not."""
    if story_words().any_harmless.search(words) is None:
        return None
    found = story_words().no_violence.items()
    return next((reason for reason, pattern in found if pattern.search(words)), None)


def is_forceful(words: str) -> bool:
    """Whether a sentence has a word of force: a weapon, an attack, those who use them."""
    return story_words().forceful.search(words) is not None


# A bear attacks, and "terrorists" of a drill are shot: forceful words beside these prove nothing.
_WHATEVER_WEAPON = frozenset({"animal", "pretended"})

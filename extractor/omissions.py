"""Omissions: sentences that tell of casualties while no claim of the reading rests on them.

The guard looks at every reading alike, a model's too. It asks less than a reader does: not who was
harmed in which incident, only whether what a sentence tells has been noticed at all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.article import Article, ArticleField
from extractor.attacks import attack_cues, tells_of_harm
from extractor.codes import AttackType, Outcome, Qualifier
from extractor.mentions import Mention, find_mentions
from extractor.people import People, find_people
from extractor.records import BlameClaim, CountClaim, Quote
from extractor.sentences import Sentence, split_sentences
from extractor.vocabulary import casualty_words

# Outcomes that are near enough to be one toll told in other words: a guard is no grader.
_ALIKE = {Outcome.DIED_OF_WOUNDS: Outcome.KILLED}
Figure = tuple[Outcome, int | None, int | None]


_POINTING_BACK = ("definite", "pronoun")


@dataclass(frozen=True, kw_only=True)
class Omission:
    """A sentence with a casualty that no claim covers; offsets are in the article's field."""

    field: ArticleField
    start: int
    end: int
    words: str


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A sentence, and the casualties that it plainly tells."""

    sentence: Sentence
    mentions: tuple[Mention, ...]


_HARMS = frozenset(
    {Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED, Outcome.DIED_OF_WOUNDS}
)


def find_omissions(
    article: Article, counts: Iterable[CountClaim], blames: Iterable[BlameClaim] = ()
) -> Iterator[Omission]:
    """The sentences of an article that tell of a casualty no claim covers, each once.

    Deaths by accident, disaster or disease are none (R0); so a reading without any claim is doubted
    only by sentences that name an attack, or follow one that does. A headline is looked at only
    where the body tells nothing of its outcome.
    """
    claims = tuple(counts)
    is_about_violence = any((*claims, *blames))
    sentences = split_sentences(article.text)
    quoted = _by_sentence(sentences, claims)
    outcomes = {_kind(claim.outcome) for claim in claims}
    after_attack = False
    for n, sentence in enumerate(sentences):
        mentions = find_mentions(sentence.words)
        outcomes.update(_kind(mention.outcome) for mention in mentions)
        attacked = is_about_violence or bool(attack_cues(sentence.words))
        is_near, after_attack = attacked or after_attack, attacked
        if not is_near:
            continue
        seen = _Seen(sentence=sentence, mentions=mentions)
        if _is_left_out(seen, quoted.get(n, ())) and not _is_accident(sentence.words):
            yield _omission("text", sentence.start, sentence.words)
    title = article.title or ""
    told = {_kind(one.outcome) for one in find_mentions(title)} - outcomes
    if told and (is_about_violence or attack_cues(title)) and not _is_accident(title):
        yield _omission("title", 0, title)


def _omission(field: ArticleField, start: int, words: str) -> Omission:
    return Omission(field=field, start=start, end=start + len(words), words=words)


def _is_left_out(seen: _Seen, near: Sequence[tuple[CountClaim, Quote]]) -> bool:
    """Whether a casualty of the sentence is in no claim that rests on the sentence.

    Where the words for harm and a figure of people stand in no order that tells who was harmed, any
    quote from the sentence covers it.
    """
    if seen.mentions:
        plain = (one for one in seen.mentions if not _is_vague(one))
        return not all(_is_covered(one, seen.sentence, near) for one in plain)
    words = seen.sentence.words
    return not near and tells_of_harm(words) and any(map(_is_figure, find_people(words)))


def _is_vague(mention: Mention) -> bool:
    """Whether people moved, held or set free are only spoken of, without any number."""
    unnumbered = mention.number.qualifier is Qualifier.UNKNOWN_NUMBER
    return unnumbered and mention.outcome not in _HARMS


def _is_figure(people: People) -> bool:
    """Whether a group of people is new in its sentence and put a figure to; a name is none."""
    numbered = people.number.qualifier is not Qualifier.UNKNOWN_NUMBER and people.name is None
    return numbered and not _points_back(people)


def _points_back(people: People) -> bool:
    return getattr(people, "reference", None) in _POINTING_BACK


def _kind(outcome: Outcome) -> Outcome:
    return _ALIKE.get(outcome, outcome)


def _figure_of(one: CountClaim | Mention) -> Figure:
    return _kind(one.outcome), one.number.lower, one.number.upper


def _by_sentence(
    sentences: Sequence[Sentence], claims: Iterable[CountClaim]
) -> Mapping[int, Sequence[tuple[CountClaim, Quote]]]:
    """The quotes that stand in each sentence, by the sentence's number."""
    starts = [sentence.start for sentence in sentences]
    found: dict[int, list[tuple[CountClaim, Quote]]] = {}
    for claim in claims:
        for quote in claim.quotes:
            if quote.field == "text":
                first = max(bisect_right(starts, quote.start) - 1, 0)
                for n in range(first, bisect_left(starts, quote.end)):
                    found.setdefault(n, []).append((claim, quote))
    return found


def _is_covered(
    mention: Mention, sentence: Sentence, near: Sequence[tuple[CountClaim, Quote]]
) -> bool:
    """Whether a claim rests on the mention's people, or gives its figure from its sentence."""
    start, end = sentence.start + mention.people.start, sentence.start + mention.people.end
    return _points_back(mention.people) or any(
        (quote.start < end and start < quote.end) or _figure_of(claim) == _figure_of(mention)
        for claim, quote in near
    )


def _is_accident(words: str) -> bool:
    """Whether a sentence tells of deaths that are no armed violence (R0)."""
    return casualty_words().no_violence.search(words) is not None and all(
        kind is AttackType.OTHER for _, kind in attack_cues(words)
    )

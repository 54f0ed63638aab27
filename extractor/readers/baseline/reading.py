"""A whole article read by rules: sentences, scenes, incidents, and the answer they amount to."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.article import Article
from extractor.language import OTHER_LANGUAGE, find_language
from extractor.readers.baseline.answering import write_answer
from extractor.readers.baseline.drawn import Drawn
from extractor.readers.baseline.printed import as_printed
from extractor.readers.baseline.story.antecedents import with_antecedents
from extractor.readers.baseline.story.desk import Desk
from extractor.readers.baseline.story.entries import place_sentences
from extractor.readers.baseline.story.headline import hear_headline
from extractor.readers.baseline.story.manners import settle_manners
from extractor.readers.baseline.story.recalling import tell_recalled
from extractor.readers.baseline.story.recollections import tell_recollections
from extractor.readers.baseline.story.roundups import settle_round_up, settle_wide
from extractor.readers.baseline.story.scenes import Scene, view
from extractor.readers.baseline.voicing import fighting_speakers
from extractor.records import Left
from extractor.sentences import is_heading, split_sentences, whole_sentence
from extractor.wire import WireAnswer

_OPENING = 3  # sentences of the body that may tell more of what only the headline counts


def read_text(article: Article) -> Drawn:
    """What the built-in reader draws from an article, headline and body (R14)."""
    if find_language(article) is not None:
        whole = Left(field="text", start=0, end=len(article.text), reason=OTHER_LANGUAGE)
        return Drawn(answer=_NOTHING, left=(whole,))
    desk = Desk(published=article.published_at, sides=fighting_speakers(article.text))
    title = _title(article.title)
    if title is not None:
        desk.story.whereabouts.title = title.places
    opening: list[Scene] = []
    forceful = title is not None and _is_forceful(title)
    scenes = list(_scenes(article.text))
    for n, scene in enumerate(scenes):
        forceful = forceful or _is_forceful(scene)
        if n == 0 and title is None and is_heading(scene.sentence, article.text):
            title = scene  # the headline stands in the text
            desk.story.whereabouts.title = title.places
            desk.story.whereabouts.hear(n, title.places)
            continue
        if len(opening) < _OPENING:
            opening.append(scene)
        desk.tell(n, scene)
    if not forceful:  # deaths, but of no armed violence (R0)
        return Drawn(answer=_NOTHING, left=tuple(desk.left))
    if title is not None and not desk.drafts:
        _read_headline_alone(desk, title, opening)
    elif title is not None:
        hear_headline(desk, title)
    tell_recalled(desk)
    desk.settle_blames()
    settle_round_up(desk)
    settle_wide(desk)
    desk.open_incidents()
    tell_recollections(desk, scenes)
    desk.story.settle(title.words if title else None)
    settle_manners(desk.drafts, scenes, title)
    drawn = write_answer(desk)
    return replace(drawn, answer=as_printed(drawn.answer, article))


_NOTHING = WireAnswer(incidents=[], cumulative=[])


_COMMENT = re.compile(r"<!--.{0,2000}?-->", re.DOTALL)


def _scenes(text: str) -> Iterator[Scene]:
    """What the sentences tell, one after another."""
    yield from with_antecedents(
        view(placed.sentence, opens=placed.opens, entry=placed.entry)
        for placed in place_sentences(text, split_sentences(text))
    )


def _title(words: str | None) -> Scene | None:
    if not words or not words.strip():
        return None
    return view(whole_sentence(words), of_title=True)


def _is_forceful(scene: Scene) -> bool:
    """Whether a sentence tells of force against people, in whatever words."""
    return bool(scene.cues) or scene.is_deed


def _read_headline_alone(desk: Desk, title: Scene, opening: list[Scene]) -> None:
    """Only the headline counts anybody; the first sentences may tell when and where it was."""
    desk.tell(0, title)
    for n, scene in enumerate(opening):
        if desk.drafts and (scene.cues or scene.link.back):
            desk.story.tell_more(n, scene)

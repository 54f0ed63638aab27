"""A whole article read by rules: sentences, scenes, incidents, and the answer they amount to."""

from collections.abc import Iterable
from dataclasses import replace

from extractor.article import Article, ArticleField
from extractor.codes import AttackType, SpeakerType
from extractor.language import OTHER_LANGUAGE, find_language
from extractor.readers.baseline.answering import write_answer
from extractor.readers.baseline.desk import Desk
from extractor.readers.baseline.drawn import Drawn
from extractor.readers.baseline.printed import as_printed
from extractor.readers.baseline.scenes import Scene, view
from extractor.readers.baseline.speakers import fighting_speakers
from extractor.records import Left
from extractor.sentences import Sentence, split_sentences, whole_sentence
from extractor.wire import WireAnswer


def read_text(article: Article) -> Drawn:
    """The answer of the built-in reader; the headline is read only where the body tells nothing."""
    if find_language(article) is not None:
        whole = Left(field="text", start=0, end=len(article.text), reason=OTHER_LANGUAGE)
        return Drawn(answer=_NOTHING, rules={}, left=(whole,))
    sides = fighting_speakers(article.text)
    drawn = _read(article, "text", split_sentences(article.text), sides)
    if article.title and not (drawn.answer.incidents or drawn.answer.cumulative):
        headline = _read(article, "title", (whole_sentence(article.title),), sides)
        answer = as_printed(headline.answer, article.title)
        return replace(headline, answer=answer, left=drawn.left + headline.left)
    return replace(drawn, answer=as_printed(drawn.answer, article.text))


_NOTHING = WireAnswer(incidents=[], cumulative=[])


def _read(
    article: Article,
    field: ArticleField,
    sentences: tuple[Sentence, ...],
    sides: frozenset[SpeakerType],
) -> Drawn:
    scenes = [view(sentence) for sentence in sentences]
    if not any(scene.cues or scene.is_deed for scene in scenes):
        # Deaths, but of no armed violence (R0).
        return Drawn(answer=_NOTHING, rules={}, left=_left(field, scenes, "no_violence"))
    desk = Desk(published=article.published_at, sides=sides)
    for n, scene in enumerate(scenes):
        desk.hear(n, scene)
        if not _is_accident(scene):
            desk.tell(n, scene)
    return write_answer(desk, _left(field, filter(_is_accident, scenes), "accident"))


def _left(field: ArticleField, scenes: Iterable[Scene], reason: str) -> tuple[Left, ...]:
    """The sentences that tell of casualties, and why no claim is made of them."""
    told = (scene.sentence for scene in scenes if scene.mentions)
    return tuple(Left(field=field, start=s.start, end=s.end, reason=reason) for s in told)


def _is_accident(scene: Scene) -> bool:
    """Whether a sentence tells of deaths that are no armed violence (R0)."""
    violent = any(kind is not AttackType.OTHER for _, kind in scene.cues)
    return bool(scene.mentions) and scene.no_violence and not violent

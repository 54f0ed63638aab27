"""A whole article read by rules: sentences, scenes, incidents, and the answer they amount to."""

from extractor.article import Article
from extractor.codes import AttackType, SpeakerType
from extractor.readers.baseline.answering import write_answer
from extractor.readers.baseline.desk import Desk
from extractor.readers.baseline.places import find_places
from extractor.readers.baseline.scenes import Scene, view
from extractor.readers.baseline.sentences import Sentence, split_sentences
from extractor.readers.baseline.speakers import fighting_speakers
from extractor.wire import WireAnswer


def read_text(article: Article) -> WireAnswer:
    """The answer of the built-in reader; the headline is read only where the body tells nothing."""
    sides = fighting_speakers(article.text)
    answer = _read(article, split_sentences(article.text), sides)
    if article.title and not (answer.incidents or answer.cumulative):
        title = Sentence(start=0, end=len(article.title), words=article.title)
        return _read(article, (title,), sides)
    return answer


def _read(
    article: Article, sentences: tuple[Sentence, ...], sides: frozenset[SpeakerType]
) -> WireAnswer:
    scenes = [view(sentence) for sentence in sentences]
    if not any(scene.cues or scene.is_deed for scene in scenes):
        return WireAnswer(incidents=[], cumulative=[])  # deaths, but of no armed violence (R0)
    desk = Desk(published=article.published_at, sides=sides)
    if article.title:
        desk.story.whereabouts.title = find_places(article.title)
    for n, scene in enumerate(scenes):
        desk.hear(n, scene)
        if not _is_accident(scene):
            desk.tell(n, scene)
    desk.story.settle()
    return write_answer(desk)


def _is_accident(scene: Scene) -> bool:
    """Whether a sentence tells of deaths that are no armed violence (R0)."""
    violent = any(kind is not AttackType.OTHER for _, kind in scene.cues)
    return bool(scene.mentions) and scene.no_violence and not violent

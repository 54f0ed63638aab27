"""Co-reference: the government, the group, their forces take an actor that the article named."""

from collections.abc import Sequence

from extractor.resolve.actors.bodies import follow_body
from extractor.resolve.actors.composed import is_act, is_institution, organ_of
from extractor.resolve.actors.context import Context, Unresolved
from extractor.resolve.actors.fits import Followed
from extractor.resolve.actors.groups import bare_group_noun, follow_bare, follow_group, group_noun
from extractor.resolve.actors.names import words_of
from extractor.resolve.actors.owners import follow_owner
from extractor.resolve.actors.phrases import DETERMINERS


def follow(name_text: str, at: int | None, context: Context) -> Followed | Unresolved | None:
    """What a mention without a name stands for; `None` if it is no such mention."""
    words = words_of(name_text)
    if not words:
        return None
    determiner = words[0].key if words[0].key in DETERMINERS else ""
    keys = [word.key for word in (words[1:] if determiner else words)]
    if not keys or determiner in _NOBODYS:
        return None
    here = len(context.article) if at is None else at
    if determiner in ("its", "their"):
        return follow_owner(name_text, keys, here, context)
    noun = group_noun(keys) if determiner else None
    found = follow_group(name_text, noun, here, context) if noun else None
    bare = bare_group_noun(keys, context)
    if bare and not isinstance(found, Followed):
        return follow_bare(name_text, bare, here, context) or found
    if noun:
        return found
    organ = organ_of(keys)
    if organ is None or is_act(keys) or not (determiner or _is_bare_body(keys)):
        return None
    return follow_body(name_text, organ, keys, here, context)


_NOBODYS = frozenset({"his", "her", "our", "a", "an"})


def _is_bare_body(keys: Sequence[str]) -> bool:
    """Whether nouns without "the" mean the country's own body: police, government forces."""
    return is_institution(keys) and keys[-1] not in ("official", "officials", "officers")

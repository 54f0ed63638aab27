"""An article's own index: which actors and states it names, and where its paragraphs begin."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extractor.resolve.actors.composed import Organ, is_act, organ_of
from extractor.resolve.actors.names import Word, key_of, letters_of, word_set, words_of
from extractor.resolve.actors.phrases import SENT, TRAILING, tied_after, turned_before
from extractor.resolve.actors.table import ActorTable, Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An actor or a state that an article names."""

    start: int
    end: int
    actors: tuple[str, ...] = ()
    """Ids of the actors that the name may stand for."""
    states: tuple[str, ...] = ()
    """Codes of the states that it may stand for, or whose organ it is."""
    organ: Organ | None = None
    """The organ of the state; `None` for the state alone."""
    form: str = "actor"
    """How a state is named: `name`, `adjective`, `capital` or `part`."""
    first_word: int
    end_word: int


@dataclass(frozen=True, kw_only=True, eq=False)
class IndexedArticle:
    """A text with the actors and states that it names, in order."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    """Without those that the words around them make another's: anti-Houthi, Russian-backed."""
    named_states: frozenset[str]
    """Codes of all states that it names without doubt, in whatever form."""

    @cached_property
    def sure_actors(self) -> frozenset[str]:
        """Ids of the actors that a name of their own stands for."""
        return frozenset(m.actors[0] for m in self.mentions if len(m.actors) == 1)

    @cached_property
    def _breaks(self) -> list[int]:
        breaks = [match.end() for match in re.finditer(r"\n[^\S\n]*\n", self.text)]
        if not breaks:  # a text without blank lines: its lines end with a sentence
            breaks = [match.end() for match in re.finditer(r"[.!?\"\u201d:)]\s*\n", self.text)]
        return breaks

    @cached_property
    def _sentences(self) -> list[int]:
        return [match.end() for match in _SENTENCE.finditer(self.text)]

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph of an offset begins."""
        return _last_before(self._breaks, at)

    def sentence_start(self, at: int) -> int:
        """Where the sentence of an offset begins."""
        return max(_last_before(self._sentences, at), self.paragraph_start(at))

    def word_at(self, offset: int) -> int:
        """Index of the first word that ends after an offset."""
        return bisect_right(self._ends, offset)

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]


@lru_cache(maxsize=16)
def index_article(text: str, table: ActorTable) -> IndexedArticle:
    """Find the actors and states that a text names; the last few texts are remembered."""
    words = words_of(text)
    loud = _is_loud(text)
    mentions: list[Mention] = []
    states: set[str] = set()
    index = 0
    while index < len(words):
        found = _longest(words, index, table, loud)
        if found is None:
            index += 1
            continue
        end, namings = found
        mention = _mention(words, index, end, namings, table)
        index = end
        if mention is None:
            continue
        index = mention.end_word
        if mention.states and len(mention.states) == 1:
            states.add(mention.states[0])
        if turned_before(words, mention.first_word, text):
            continue
        if tied_after(words, mention.end_word, text, held=False):
            continue
        mentions.append(mention)
    return IndexedArticle(
        text=text, words=words, mentions=tuple(mentions), named_states=frozenset(states)
    )


_SENTENCE = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bGen)[.!?][\"\u201d'\u2019)]*\s+")
_LONGEST_TAIL = 5  # words: "government forces and" is shorter; a clause is longer
# In a text of capitals these acronyms are words.
_WORDS_IN_CAPITALS = word_set(
    "is us who it let am an as at be by car fact site ice mend plan save au pa aa ka la sa sl cv"
    " eo ma mit sac mir fan fal rab bra cam gam tip tak ada hm ji kh im sun sad mk aes msa"
)


def _last_before(offsets: Sequence[int], at: int) -> int:
    place = bisect_right(offsets, at)
    return offsets[place - 1] if place else 0


def _is_loud(text: str) -> bool:
    sample = text[:2000]
    small = sum(map(str.islower, sample))
    return small < sum(map(str.isupper, sample))


def _longest(
    words: Sequence[Word], index: int, table: ActorTable, loud: bool
) -> tuple[int, tuple[Naming, ...]] | None:
    """The longest name that begins with a word, and what it may stand for."""
    sizes = table.lengths.get(words[index].key)
    if sizes is None:
        return None
    for size in sizes:
        end = index + size
        if end > len(words) or not all(word.joined for word in words[index + 1 : end]):
            continue
        span = words[index:end]
        key = key_of(span)
        for names in (table.actor_names, table.state_names):
            namings = _fitting(span, key, names, loud)
            if namings:
                return end, namings
    return None


def _fitting(
    span: Sequence[Word], key: str, names: Mapping[str, tuple[Naming, ...]], loud: bool
) -> tuple[Naming, ...]:
    """What a name may stand for where it is written as it stands."""
    namings = names.get(key)
    if not namings:
        return ()
    kept = fit_letters(span, namings)
    if kept and (span[0].text[0].isupper() or any(w.text[0].isupper() for w in span)):
        words_only = loud and key in _WORDS_IN_CAPITALS
        return () if words_only else kept
    # Names without capitals: those in other scripts, and nouns such as colectivos.
    return kept if not span[0].text.isascii() or key in _SMALL_NAMES else ()


_SMALL_NAMES = frozenset(
    {"janjaweed", "shabiha", "peshmerga", "basij", "colectivos", "anti balaka"}
)


def fit_letters(span: Sequence[Word], namings: Sequence[Naming]) -> tuple[Naming, ...]:
    """Those of the namings whose case the words agree with; a later table wins the rest."""
    letters = letters_of(span)
    return tuple([n for n in namings if n.letters is None or n.letters == letters])


def _mention(
    words: Sequence[Word], index: int, end: int, namings: tuple[Naming, ...], table: ActorTable
) -> Mention | None:
    if namings[0].form == "actor":
        state = namings[0].target[2:3] == "." and namings[0].target.endswith(".government")
        while not state and end < len(words) and words[end].joined and words[end].key in TRAILING:
            end += 1
        ids = tuple(dict.fromkeys(n.target for n in top_ranked(namings, table)))
        return Mention(
            start=words[index].begin, end=_end_of(words[end - 1]), actors=ids,
            first_word=index, end_word=end,
        )  # fmt: skip
    parts = [naming for naming in namings if naming.form == "part"]
    kept = parts or [naming for naming in namings if naming.form != "other"]
    if (not parts and len(kept) < len(namings)) or (
        _is_surname(words, index, end) and len(kept) == 1
    ):
        return None
    return _state_mention(words, index, end, kept)


def _end_of(word: Word) -> int:
    return word.start + len(word.text)


def top_ranked(namings: Sequence[Naming], table: ActorTable) -> tuple[Naming, ...]:
    """The namings of the latest table that has any."""
    ranks = [table.actors[naming.target].rank for naming in namings]
    return tuple(n for n, rank in zip(namings, ranks, strict=True) if rank == max(ranks))


def _state_mention(
    words: Sequence[Word], index: int, end: int, namings: Sequence[Naming]
) -> Mention:
    form = namings[0].form
    if form == "part":
        return Mention(
            start=words[index].begin, end=_end_of(words[end - 1]),
            states=(namings[0].target,), form=form, first_word=index, end_word=end,
        )  # fmt: skip
    states = tuple(dict.fromkeys(naming.target for naming in namings))
    organ, tail_end = read_tail(words, index, end, form)
    first = index
    if organ is None and form == "name":
        organ, first = _read_head(words, index)
    return Mention(
        start=words[first].begin, end=_end_of(words[tail_end - 1]), states=states, organ=organ,
        form=form, first_word=first, end_word=tail_end,
    )  # fmt: skip


def read_tail(words: Sequence[Word], index: int, end: int, form: str) -> tuple[Organ | None, int]:
    """The organ that the words after a state's name make of it, and where they end."""
    limit = end
    while limit < len(words) and limit < end + _LONGEST_TAIL and words[limit].joined:
        limit += 1
    for stop in range(limit, end, -1):
        keys = [word.key for word in words[end:stop]]
        organ = organ_of(keys)
        if organ and _may_own(words, index, end, form, keys, organ):
            if stop < len(words) and words[stop].joined and words[stop].key in _CUTS:
                return None, end
            return organ, stop
    return None, end


_CUTS = frozenset({"backed", "aligned", "allied", "linked", "affiliated", "supported", "led"})


def _may_own(
    words: Sequence[Word], index: int, end: int, form: str, keys: Sequence[str], organ: Organ
) -> bool:
    """Whether a state named in this form can own the organ: "Kabul police" are the city's."""
    owns = words[end - 1].owns
    if form == "capital":
        city = organ in (Organ.POLICE, Organ.SECURITY_FORCES, Organ.INTELLIGENCE)
        whole = owns or keys[-1] in ("government", "regime", "junta")
        return whole and not city and not is_act(keys)
    if form == "name" and not owns and is_act(keys):
        return letters_of(words[index:end]).isupper()  # "US air strikes", not "Syria air strikes"
    return True


def _read_head(words: Sequence[Word], index: int) -> tuple[Organ | None, int]:
    """The organ before a state's name: "the government of Syria", "troops from Chad"."""
    place = index - 1
    if place > 0 and words[place].key == "the":
        place -= 1
    if place < 1 or words[place].key not in ("of", "from"):
        return None, index
    for first in (place - 2, place - 1):
        if first >= 0:
            keys = [word.key for word in words[first:place]]
            organ = organ_of(keys)
            if organ and (words[place].key == "of" or keys[-1] in SENT):
                return organ, first
    return None, index


_SURNAMES = frozenset({"chad", "jordan", "georgia", "israel"})


def _is_surname(words: Sequence[Word], index: int, end: int) -> bool:
    """Whether a state's name is rather a person's, by the capitalised name beside it."""
    if end - index > 1 or words[index].key not in _SURNAMES:
        return False
    before = words[index - 1] if index else None
    first = before is not None and words[index].joined and before.text.istitle()
    return bool(first and before and before.key not in _PLACE_BEFORE)


_PLACE_BEFORE = word_set(
    "in the from of to across northern southern eastern western central and lake into while but"
    " if when as since for at by with on republic"
)

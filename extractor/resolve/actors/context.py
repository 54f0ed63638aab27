"""What is known around a mention, and the choice among actors that share its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.resolve.actors.composed import Organ
from extractor.resolve.actors.mentions import IndexedArticle, Mention, index_article
from extractor.resolve.actors.names import Word, exact_letters, letters_of, word_set
from extractor.resolve.actors.phrases import GENERIC
from extractor.resolve.actors.table import MONITOR, PEACEKEEPERS, ActorTable


@dataclass(frozen=True, kw_only=True)
class Unresolved:
    """A mention that stays unknown, and why."""

    reason: str
    """One line for a person."""
    candidates: tuple[str, ...] = ()
    """Ids of those that it might have been."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """The article around a mention, and what is known of the event."""

    table: ActorTable
    article: str
    countries: frozenset[str]
    """Codes of the countries of the event's places; empty if unknown."""
    likely: frozenset[str] = frozenset()
    """Codes of the countries that the article's other places lie in."""
    published: date | None

    @property
    def index(self) -> IndexedArticle:
        """The article's own index."""
        return index_article(self.article, self.table)

    def list_names(self, ids: Iterable[str]) -> str:
        """Names for a message."""
        return ", ".join(self.name_of(actor_id) for actor_id in ids)

    def name_of(self, actor_id: str) -> str:
        """An actor's or a state's name, with its id."""
        known = self.table.actors.get(actor_id) or self.table.states.get(actor_id)
        if known:
            return f"{known.name} ({actor_id})"
        code, _, organ = actor_id.partition(".")
        return f"{self.table.states[code].organ_name(Organ(organ))} ({actor_id})"

    def choose_actor(
        self, ids: Sequence[str], name: Sequence[Word], *, within: str | None = None
    ) -> str | Unresolved:
        """The one actor that a shared name means here: by its years, the article, the country.

        `within` is the state that stands before the name: Syria's SDF.
        """
        shown = " ".join(word.text for word in name)
        left = self._of_its_time(ids)
        if within:
            left = [each for each in left if within in self.table.actors[each].countries]
            if not left:
                told = f"no actor called {shown!r} is based in {self.name_of(within)}"
                return Unresolved(reason=told, candidates=tuple(ids))
        if len(left) == 1:
            if within or self._fits_here(left[0], name, shared=len(ids) > 1):
                return left[0]
            told = f"{shown!r} would be {self.list_names(left)}; nothing here names its country"
            return Unresolved(reason=told, candidates=tuple(left))
        return self._by_place(left, shown)

    def choose_state(self, codes: Sequence[str], shown: str) -> str | Unresolved:
        """The one state that a name of two means here: Congolese."""
        if len(codes) == 1:
            return codes[0]
        for known in (self.countries, self.index.named_states):
            left = [code for code in codes if code in known]
            if len(left) == 1:
                return left[0]
        told = f"{shown!r} stands for {self.list_names(codes)}; no country decides"
        return Unresolved(reason=told, candidates=tuple(codes))

    def _of_its_time(self, ids: Sequence[str]) -> list[str]:
        """Those that existed when the article was published, if any did."""
        year = self.published.year if self.published else None
        alive = [each for each in ids if year and self.table.actors[each].existed(year)]
        return alive or list(ids)

    def _by_place(self, ids: list[str], shown: str) -> str | Unresolved:
        spelled = [each for each in ids if each in self.index.sure_actors]
        if len(spelled) == 1:
            return spelled[0]
        local = [each for each in ids if self._based_in(each, self.countries or self.likely)]
        if len(local) == 1:
            return local[0]
        left = local or ids
        above = [each for each in ids if all(self._is_above(each, other) for other in left)]
        named = self.index.named_states
        if not self.countries and named:
            if above:  # a province is meant only where nothing else is spoken of
                here = [each for each in left if named <= {*self.table.actors[each].countries}]
            else:
                here = [each for each in left if self._based_in(each, named)]
            if len(here) == 1:
                return here[0]
        if above:
            return above[0]
        told = f"{len(left)} actors are called {shown!r}: {self.list_names(left)};"
        return Unresolved(reason=f"{told} no country decides", candidates=tuple(left))

    def _based_in(self, actor_id: str, countries: frozenset[str]) -> bool:
        return not countries.isdisjoint(self.table.actors[actor_id].countries)

    def _is_above(self, one: str, other: str) -> bool:
        return one == other or one in self.table.ancestors(other)

    def _fits_here(self, actor_id: str, name: Sequence[Word], *, shared: bool) -> bool:
        """Whether a name that somebody else may have too can be this actor's, in this place."""
        actor = self.table.actors[actor_id]
        acronym = len(name) == 1 and exact_letters(name[0].text) is not None
        generic = all(word.key in GENERIC for word in name)
        if actor.rank or not actor.countries or not (acronym or generic or shared):
            return True
        if actor.type in (MONITOR, PEACEKEEPERS):  # they speak from anywhere
            return True
        if self._based_in(actor_id, self.countries):
            return True
        if self._based_in(actor_id, self.likely):
            return True
        elsewhere_too = acronym and bool(self.likely)
        if not generic and not self.countries and not elsewhere_too:
            return True
        elsewhere = self._based_in(actor_id, self.index.named_states)
        return elsewhere or (acronym and self._is_spelled_out(actor_id, name))

    def _is_spelled_out(self, actor_id: str, name: Sequence[Word]) -> bool:
        """Whether the article also has another name of the actor."""
        letters = letters_of(name)
        return any(
            mention.actors == (actor_id,) and letters_of(self.words(mention)) != letters
            for mention in self.index.mentions
        )

    def words(self, mention: Mention) -> tuple[Word, ...]:
        """The words of a mention."""
        return self.index.words[mention.first_word : mention.end_word]

    def is_place(self, mention: Mention) -> bool:
        """Whether a state is named as the place where something is: in northern Syria."""
        if mention.organ or mention.form == "adjective":
            return False
        words = self.index.words
        before = words[mention.first_word - 1] if mention.first_word else None
        return before is not None and before.key in _PLACE_WORDS


_PLACE_WORDS = word_set(
    "in into inside across near from to through of over within at on outside around northern"
    " southern eastern western central north south east west neighboring neighbouring"
)

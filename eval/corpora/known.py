"""The corpora that can be asked for by name."""

from eval.corpora.airwars import AIRWARS
from eval.corpora.corpus import Corpus, CorpusError
from eval.corpora.gva import GVA
from eval.corpora.isaf import ISAF
from eval.corpora.muc4 import MUC4
from eval.corpora.satp import SATP

CORPORA: dict[str, Corpus] = {one.name: one for one in (AIRWARS, GVA, ISAF, MUC4, SATP)}
"""By name."""


def find_corpus(name: str) -> Corpus:
    """A corpus by its name.

    Raises:
        CorpusError: there is none of that name.
    """
    if name not in CORPORA:
        raise CorpusError(f"no corpus {name!r}; there is {', '.join(sorted(CORPORA))}")
    return CORPORA[name]

"""Gold: articles and the labels that runs are graded against, as a folder anyone can fill.

A gold folder holds `articles/*.json`, one article each (`tollbook extract FOLDER/articles` reads
them as they are); `records/*.json`, one labelled article each; and, where it is divided, a
`splits.toml`. A label is a record as readers make them, with what only a labeller can add.
"""

from eval.gold.faults import Fault, faults_of
from eval.gold.folder import (
    ARTICLES,
    RECORDS,
    SPLITS,
    GoldError,
    GoldFiles,
    GoldSet,
    Labelled,
    labelled_of,
    misfits,
    open_gold,
    read_article,
    read_files,
    read_gold,
    read_labels,
)
from eval.gold.labels import (
    GOLD_VERSION,
    Alternative,
    Distractor,
    DistractorKind,
    GoldArticle,
    Label,
)
from eval.gold.problem import Problem
from eval.gold.splits import frozen_hash

__all__ = [
    "ARTICLES",
    "GOLD_VERSION",
    "RECORDS",
    "SPLITS",
    "Alternative",
    "Distractor",
    "DistractorKind",
    "Fault",
    "GoldArticle",
    "GoldError",
    "GoldFiles",
    "GoldSet",
    "Label",
    "Labelled",
    "Problem",
    "faults_of",
    "frozen_hash",
    "labelled_of",
    "misfits",
    "open_gold",
    "read_article",
    "read_files",
    "read_gold",
    "read_labels",
]

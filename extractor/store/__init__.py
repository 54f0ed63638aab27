"""The run folder: a manifest and one outcome a line; a kill at any moment loses no line.

`run.json` says what the run was. `outcomes.jsonl` is append-only: one line for each input, written
whole and sealed with a checksum. A later line for the same input replaces the earlier one, and a
line drops an older rejection of the place it came from and of the file and folders around it.
`index.sqlite` tells which lines count; it is derived from them, so that it may be deleted.
"""

from extractor.store.covering import read_index
from extractor.store.folder import (
    INDEX,
    LOCK,
    MANIFEST,
    OUTCOMES,
    TORN,
    lacks_space,
    make_folder,
    sync_names,
    unwritable,
)
from extractor.store.index import Stored
from extractor.store.inputs import InputKey, article_id_of, key_of, sha256_of_input
from extractor.store.joining import join_outcomes
from extractor.store.line import seal, unseal
from extractor.store.manifests import (
    earlier_manifests,
    is_being_replaced,
    keep_manifest,
    write_manifest,
)
from extractor.store.passes import has_passed, note_pass
from extractor.store.reserve import Reserve
from extractor.store.run import Fault, Lines, Run, Tally, open_run
from extractor.store.survey import Survey, is_being_written, survey_run
from extractor.store.writer import RunWriter, write_run

__all__ = [
    "INDEX",
    "LOCK",
    "MANIFEST",
    "OUTCOMES",
    "TORN",
    "Fault",
    "InputKey",
    "Lines",
    "Reserve",
    "Run",
    "RunWriter",
    "Stored",
    "Survey",
    "Tally",
    "article_id_of",
    "earlier_manifests",
    "has_passed",
    "is_being_replaced",
    "is_being_written",
    "join_outcomes",
    "keep_manifest",
    "key_of",
    "lacks_space",
    "make_folder",
    "note_pass",
    "open_run",
    "read_index",
    "seal",
    "sha256_of_input",
    "survey_run",
    "sync_names",
    "unseal",
    "unwritable",
    "write_manifest",
    "write_run",
]

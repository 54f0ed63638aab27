"""The standing of a run: what is in its folder, what is left to do, and how to go on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractor.codes import InputOutcome
from extractor.jobs.past_calls import PastCalls, read_past_calls
from extractor.jobs.reading import ASKED_ANEW, READ
from extractor.manifest import Manifest, code_sha256
from extractor.store import (
    InputKey,
    Survey,
    earlier_manifests,
    has_passed,
    is_being_replaced,
    is_being_written,
    open_run,
    survey_run,
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a run stands."""

    folder: Path
    manifest: Manifest
    is_own_code: bool
    """Whether the code that looks is the one that wrote the run."""
    is_being_written: bool
    """Whether another process is writing to it now."""
    survey: Survey
    calls: PastCalls | None
    """Empty for a run without calls."""
    earlier_manifests: int
    """How often its answers were mapped anew."""
    has_passed: bool | None
    """Whether its inputs were gone through to their end; empty if nobody noted that."""
    is_reparse_unfinished: bool
    """Whether mapping them anew was begun last and not finished."""

    @property
    def tally(self) -> Counter[InputOutcome]:
        """How many inputs ended how."""
        return Counter(stored.outcome for stored in self.survey.index.values())

    @property
    def without_reading(self) -> Mapping[InputOutcome, tuple[str, ...]]:
        """The inputs that have no reading, by how they ended: ids, or places of rejected ones."""
        found: dict[InputOutcome, list[str]] = {}
        for key, stored in self.survey.index.items():
            if stored.outcome not in READ:
                found.setdefault(stored.outcome, []).append(label_of(key))
        kinds = (kind for kind in InputOutcome if kind in found)
        return {kind: tuple(found[kind]) for kind in kinds}

    @property
    def without_outcome(self) -> tuple[str, ...]:
        """Articles that were begun, and have no outcome at all."""
        return self.calls.without_outcome if self.calls else ()

    def next_steps(self) -> list[str]:
        """What to do next, in the order to do it; never empty."""
        run = self.folder
        if self.is_being_written:
            return ["another process is writing to the run: let it finish, or interrupt it"]
        steps: list[str] = []
        if self.survey.faults:
            steps.append(f"mend the damaged lines; they are told by: tollbook verify {run}")
        if self.is_reparse_unfinished:
            steps.append(f"mapping anew was stopped; finish it with: tollbook run reparse {run}")
        retry = self.calls.retry if self.calls else None
        if retry:
            steps.append(
                f"a retry was stopped with {len(retry.articles):,} articles left; finish it with: "
                f"tollbook run retry {run} {retry.command}"
            )
        waiting = self.calls.totals.under_way if self.calls else 0
        if waiting:  # nobody is at it, so they were handed in as batches
            steps.append(
                f"{waiting:,} calls wait in batches: repeat the run's own command, which fetches "
                "what is ready"
            )
        tally = self.tally
        if self.has_passed is False:
            steps.append(
                "it was stopped before the end of its inputs: repeat the run's own command, which "
                "reads the others and whatever has no final outcome"
            )
        elif (
            tally[InputOutcome.INFRA_ERROR] or self.without_outcome or self.survey.unfinished_bytes
        ):
            steps.append("repeat the run's own command: what has no final outcome is read then")
        asked = ",".join(kind.value for kind in ASKED_ANEW if tally[kind])
        if asked and not retry:
            steps.append(
                f"ask anew, if you like, with: tollbook run retry {run} --only {asked} (caps and "
                "prices are to be given again)"
            )
        if tally[InputOutcome.TRUNCATED]:
            steps.append(
                "read the truncated articles into another folder, with a higher max_output_tokens"
            )
        if tally[InputOutcome.REJECTED_INPUT]:
            steps.append("mend the rejected inputs, and repeat the run's own command")
        if not steps and self.manifest.shard:
            steps.append(
                f"nothing is left to do of shard {self.manifest.shard}; once the others are done, "
                "join them with: tollbook run merge OUT FOLDER..."
            )
        return steps or [f"nothing is left to do; look at it with: tollbook show {run}"]


def label_of(key: InputKey) -> str:
    """What an input is called before people: its id, or the place of a rejected one."""
    kind, name = key
    if kind == "article":
        return name
    # What came through standard input has the hash of its bytes behind its place.
    place, _, rest = name.partition(":") if name.startswith("-:") else name.rpartition(":")
    line = rest.partition(":")[0]
    return place if line == "0" else f"{place}:{line}"


def read_standing(folder: Path) -> Standing:
    """See how a run stands, also while it goes on; nothing in the folder is changed.

    Raises:
        StoreError: there is no run, or its journal cannot be read.
    """
    run = open_run(folder)
    # Asked first: a process that ends meanwhile leaves more than is told, and not less.
    writing = is_being_written(folder)
    survey = survey_run(folder)
    known = {name for kind, name in survey.index if kind == "article"}
    return Standing(
        folder=folder,
        manifest=run.manifest,
        is_own_code=run.manifest.code_sha256 == code_sha256(),
        is_being_written=writing,
        survey=survey,
        calls=read_past_calls(folder, known=known, is_being_written=writing),
        has_passed=has_passed(folder),
        earlier_manifests=len(earlier_manifests(folder)),
        is_reparse_unfinished=is_being_replaced(folder),
    )

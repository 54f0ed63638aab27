"""The summary of a job adds up, and says what was left undone and how to go on."""

from collections import Counter
from pathlib import Path

import pytest

from extractor.codes import InputOutcome
from extractor.jobs.ended import Ended
from extractor.jobs.summary import call_lines, summary_of
from extractor.jobs.totals import Totals

RUN = Path("runs/a")
READ = InputOutcome.READ


def test_a_run_without_calls_in_which_all_was_read_needs_one_line() -> None:
    ended = Ended(tally=Counter({READ: 2, InputOutcome.READ_WITH_FLAGS: 1}))
    assert summary_of(ended, RUN) == ["3 inputs: read 2, read_with_flags 1"]


def test_a_run_without_inputs_says_so() -> None:
    assert summary_of(Ended(), RUN) == ["0 inputs: none"]


def test_every_sum_stands_with_its_parts() -> None:
    kinds = [kind for kind in InputOutcome for _ in range(2)]
    totals = Totals(
        calls=16,
        answered=11,
        failed=4,
        cut_off=1,
        prompt_tokens=12_345,
        completion_tokens=678,
        usd=0.0123,
        unpriced=2,
        uncounted=3,
        cut_off_most_tokens=4000,
        cut_off_most_usd=0.02,
    )
    ended = Ended(
        tally=Counter(kinds),
        stored=5,
        totals=totals,
        answers_kept=3,
        expected=20,
        priced_by="a list",
    )
    assert summary_of(ended, RUN) == [
        "14 inputs: read 2, read_with_flags 2, refused 2, invalid 2, truncated 2, infra_error 2, "
        "rejected_input 2",
        "5 of them were known from before",
        "calls: 16 = 11 answered + 4 failed + 1 cut off; "
        "3 answers were kept and not asked for again",
        "tokens: 12,345 of prompts, 678 of answers; 3 answered calls state none",
        "cost: $0.0123, by a list; 2 answered calls have no price",
        "1 call was cut off and may have been paid for: at most 4,000 tokens and $0.02",
        "not begun: 6 inputs; repeat the command to go on",
        "no outcome yet: 2 infra_error; repeat the command to try again",
        "without a reading: refused 2, invalid 2; ask anew with: tollbook run retry runs/a --only "
        "refused,invalid (caps and prices are to be given again)",
        "cut off at the token limit: 2 truncated; read them into another folder, with a higher "
        "max_output_tokens",
        "never read: 2 rejected_input; mend them and repeat the command",
    ]


@pytest.mark.parametrize(
    ("totals", "lines"),
    [
        pytest.param(
            Totals(calls=3, failed=3), ["calls: 3 = 0 answered + 3 failed"], id="no answer"
        ),
        pytest.param(
            Totals(calls=2, answered=1, unpriced=1, prompt_tokens=5, completion_tokens=1),
            [
                "calls: 2 = 1 answered + 0 failed + 1 under way",
                "tokens: 5 of prompts, 1 of answers",
                "cost: unknown, no price is known for the model; state one with --prices",
            ],
            id="no price",
        ),
        pytest.param(
            Totals(calls=1, cut_off=1),
            [
                "calls: 1 = 0 answered + 0 failed + 1 cut off",
                "1 call was cut off and may have been paid for",
            ],
            id="nobody knows how much",
        ),
    ],
)
def test_what_is_unknown_is_said_to_be(totals: Totals, lines: list[str]) -> None:
    assert list(call_lines(totals)) == lines


def test_tokens_that_nobody_states_are_unknown_and_not_zero() -> None:
    totals = Totals(calls=4, answered=4, uncounted=4, unpriced=4)
    assert "tokens: unknown, no answered call states any" in [*call_lines(totals)]

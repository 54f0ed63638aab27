"""MUC-4 as gold: wires from Latin America of 1989 and 1990, by the scoring rules of 1992.

The files in the order in which a document passes through them: `corpus` reads it, `keys` its key;
`answer` (with `victims` and `perpetrators`) turns a reading into templates by the `convention`, a
data file; `alignment` pairs templates, `slots` their fills, by `days`, `places` and `wording`;
`tally` and `rows` count them as the reports of 1992 did; `figures` puts them beside `baselines`.
"""

from eval.corpora.muc4.corpus import MUC4, Muc4

__all__ = ["MUC4", "Muc4"]

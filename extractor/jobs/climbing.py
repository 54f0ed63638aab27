"""The climb: how many calls to have under way at once, found by trying a few more or a few less.

What is maximised is the utility of a stretch of replies,

    utility = goodput - WEIGHT * rate of calls pushed back

both a second, where pushed back is a 429, a 5xx, a timeout or a lost connection. The idea is that
of PCC Allegro (Dong, Li, Zarchy, Godfrey and Schapira, "PCC: Re-architecting Congestion Control
for Consistent High Performance", NSDI 2015): compare what settings achieve instead of reading a
meaning into every loss. Halving at each 429, as TCP would, ends at one call at a time wherever an
endpoint turns calls away at random, however few they are. Here more calls win there as long as
fewer than 1 / (1 + WEIGHT) of them are pushed back, and at an endpoint with a fixed rate each call
beyond it costs WEIGHT and brings nothing, so the climb ends near the knee.

Allegro's sigmoid, which cuts everything off at 5 % loss, is left out: our lost calls come again.

Where nothing comes through at all, as in an outage, few calls go on, and with the first good ones
it starts over, up to half of what was under way before and from there step by step: too many calls
may have been what broke the endpoint.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

WEIGHT = 1.0
"""What a call pushed back costs, in good replies."""

START = 8
"""Calls under way at first; each good reply allows one more, so they double in a round trip."""

FEW = 0.02
"""Share of calls pushed back that is nothing to act upon."""

ENOUGH = 48
"""Fewest replies that a setting is judged by; with many calls under way, two for each of them."""

BETTER = 0.03
"""Share by which a setting must be better than the one it is to replace."""

DOUBTS = 1.0
"""Standard errors by which fewer calls must be better, lest chance talk the limit down."""

LONGEST_HOLD = 8
"""Longest time between two tries, in stretches; it doubles with each round of them in vain."""

_STEP, _LONGEST_STEP = 1.25, 2.0  # factors; a step that succeeds is followed by a longer one
_LEAST_CUT, _MOST_CUT = 0.9, 0.5  # factors of a step down, which follows the share pushed back
_BOLDNESS = 4.0  # the more calls are pushed back, the longer a step must be to tell it from chance
_UNLIKE = 0.15  # change of the share pushed back that makes earlier tries worth nothing
_MANY = 1 / 3  # share pushed back from which a step down is tried first
_FADING = 0.5  # share of earlier stretches that still counts where a setting is kept
_NO_TIME = 0.01  # milliseconds; a reply takes longer


class Way(StrEnum):
    """Where a step leads."""

    UP = "up"
    DOWN = "down"


@dataclass(kw_only=True)
class Stretch:
    """Replies to calls made under one setting."""

    good: float = 0
    bad: float = 0
    milliseconds: float = 0.0
    """That calls took, together."""

    @property
    def replies(self) -> float:
        """How many there are."""
        return self.good + self.bad

    @property
    def share(self) -> float:
        """Share of calls pushed back."""
        return self.bad / self.replies if self.replies else 0.0

    def add(self, *, bad: bool, milliseconds: float) -> None:
        """Count a reply."""
        self.good += not bad
        self.bad += bad
        self.milliseconds += max(milliseconds, _NO_TIME)

    def fade_into(self, other: "Stretch") -> "Stretch":
        """A later stretch under the same setting, with part of this one."""
        return Stretch(
            good=self.good * _FADING + other.good,
            bad=self.bad * _FADING + other.bad,
            milliseconds=self.milliseconds * _FADING + other.milliseconds,
        )

    def utility(self, limit: int) -> float:
        """What so many calls under way at once achieve a second.

        Time is taken from the calls, as if one followed another without a gap (Little's law): a
        clock would count the bursts in which replies come, and times in which nobody called.
        """
        return (self.good - WEIGHT * self.bad) * self._a_second(limit)

    def doubt(self, limit: int) -> float:
        """Standard error of the utility, were calls pushed back at random."""
        chance = math.sqrt(self.replies * self.share * (1 - self.share))
        return (1 + WEIGHT) * chance * self._a_second(limit)

    def _a_second(self, limit: int) -> float:
        return 1000 * limit / self.milliseconds if self.milliseconds else 0.0


class Climb:
    """Finds the number of calls to have under way at once."""

    def __init__(self, most: int) -> None:
        """Start small.

        Args:
            most: calls under way, at most.
        """
        self.most = most
        self.limit = min(START, most)
        """Calls that may be under way now."""
        self.is_opening = True
        """Whether nothing speaks against more calls yet."""
        self._was_lost = False
        """Whether nothing came through lately."""
        self._ceiling = most
        """How far it opens: after nothing came through any more, half as far as it was then."""
        self._good_run = 0
        """Good replies since the last call pushed back."""
        self._old = 0
        """Replies still to come to calls made under an earlier setting."""
        self._stretch = Stretch()
        self._base = self.limit
        """The setting that was best so far."""
        self._ground: Stretch | None = None
        """What it achieved."""
        self._way: Way | None = None
        """Where the setting being tried leads; `None` while the best one is in use."""
        self._vain: set[Way] = set()
        """Where steps led to nothing."""
        self._step = _STEP
        self._knee: int | None = None
        """Where a step that led too far says that the knee is."""
        self._too_far: int | None = None
        self._hold, self._next_hold = 0, 1

    def feel(self, *, bad: bool, milliseconds: float, under_way: int) -> None:
        """Learn from a reply.

        Args:
            bad: whether the call was pushed back.
            milliseconds: that it took.
            under_way: other calls under way now.
        """
        self._good_run = 0 if bad else self._good_run + 1
        if self._was_lost and self._good_run >= START:
            self._was_lost, self.is_opening = False, True
        if self.is_opening:
            if not bad and (self.limit < self._ceiling or self._ceiling == self.most):
                self.limit = min(self.limit + 1, self.most)
                return
            self.is_opening = False
            self._stand(self.limit, under_way)
            self._step = _LONGEST_STEP if bad else _STEP
        elif self._old > 0:
            self._old -= 1
            return
        self._stretch.add(bad=bad, milliseconds=milliseconds)
        enough = max(ENOUGH if self._step == _STEP else ENOUGH // 2, 2 * self.limit)
        if not self._stretch.good and 3 * self._stretch.bad >= enough:
            self._open_again(under_way)
        elif self._stretch.replies >= enough:
            self._judge(under_way)

    def pause(self, seconds: float, under_way: int) -> None:
        """Charge the setting with the time that the endpoint asks everybody to wait.

        Args:
            seconds: for which no new call is made.
            under_way: calls under way now.
        """
        self._stretch.milliseconds += seconds * 1000 * self.limit
        if self._stretch.replies >= max(ENOUGH // 2, self.limit // 2) and not self.is_opening:
            self._judge(under_way)

    def _open_again(self, under_way: int) -> None:
        """Nothing comes through: whatever was known of the endpoint is past."""
        if not self._was_lost:
            self._ceiling = min(max(self._base // 2, START), self.most)
        self._stand(max(min(self.limit, START) // 2, 1), under_way)
        self.is_opening = self._was_lost = True

    def _judge(self, under_way: int) -> None:
        self._was_lost = False
        stretch, self._stretch = self._stretch, Stretch()
        if self._way:
            self._judge_step(self._way, stretch, under_way)
        else:
            self._judge_base(stretch, under_way)

    def _judge_base(self, stretch: Stretch, under_way: int) -> None:
        """See what the best setting achieves now, and whether it is time to try another."""
        if self._ground and abs(stretch.share - self._ground.share) > _UNLIKE:
            self._stand(self._base, under_way, old=self._old)
        self._ground = self._ground.fade_into(stretch) if self._ground else stretch
        if self._ground.share <= FEW and self.limit == self.most:
            return
        if self._hold > 0:
            self._hold -= 1
        else:
            self._try(self._ground, under_way)

    def _try(self, ground: Stretch, under_way: int) -> None:
        """Make a step, or hold on to this setting for a while if all steps were in vain."""
        ways = [Way.DOWN, Way.UP] if ground.share > _MANY else [Way.UP, Way.DOWN]
        for way in ways:
            limit = self._up(ground) if way is Way.UP else self._down(ground)
            if limit != self._base and way not in self._vain:
                self._way = way
                self._set(limit, under_way)
                return
        self._vain.clear()
        self._hold = self._next_hold
        self._next_hold = min(self._next_hold * 2, LONGEST_HOLD)

    def _up(self, ground: Stretch) -> int:
        step = max(self._step, min(1 + _BOLDNESS * ground.share, _LONGEST_STEP))
        limit = self._knee or max(round(self._base * step), self._base + 1)
        if self._too_far and ground.share <= FEW and limit >= self._too_far:
            limit = max((self._base + self._too_far) // 2, self._base + 1)
        return min(limit, self.most)

    def _down(self, ground: Stretch) -> int:
        if ground.share <= FEW:
            return self._base
        cut = min(max(1 - ground.share, _MOST_CUT), _LEAST_CUT)
        return max(min(int(self._base * cut), self._base - 1), 1)

    def _judge_step(self, way: Way, stretch: Stretch, under_way: int) -> None:
        assert self._ground  # nobody steps before he has stood
        ground, stepped = self._ground, self.limit
        before, after = ground.utility(self._base), stretch.utility(stepped)
        margin = BETTER * abs(before)
        if way is Way.DOWN:
            # By chance alone it would now and then seem better to do less.
            doubt = math.hypot(ground.doubt(self._base), stretch.doubt(stepped))
            margin = max(margin, DOUBTS * doubt)
        self._way, self._knee = None, None
        if after > before + margin:
            step = min(self._step**2, _LONGEST_STEP)
            too_far = self._too_far if self._too_far and self._too_far > stepped else None
            self._stand(stepped, under_way, old=self._old)
            self._ground, self._step, self._too_far = stretch, step, too_far
            self._vain = {Way.DOWN if way is Way.UP else Way.UP}  # where we come from
            self._try(stretch, under_way)
            return
        self._step = _STEP
        knee = int(stepped * (1 - stretch.share))
        if way is Way.UP:
            self._too_far = stepped
        if way is Way.UP and ground.share <= FEW and self._base < knee < stepped:
            self._knee = knee
        else:
            self._vain.add(way)
        self._set(self._base, under_way)

    def _stand(self, limit: int, under_way: int, *, old: int | None = None) -> None:
        """Take a setting for the best, and earlier steps for nothing."""
        self._base, self._ground, self._way = limit, None, None
        self._vain = set()
        self._step, self._knee, self._too_far = _STEP, None, None
        self._hold, self._next_hold = 0, 1
        self._set(limit, under_way)
        self._old = under_way if old is None else old

    def _set(self, limit: int, under_way: int) -> None:
        """Change the setting; replies to calls made under the old one do not count."""
        self.limit = limit
        self._old = under_way
        self._stretch = Stretch()

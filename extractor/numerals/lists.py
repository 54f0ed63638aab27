"""Lists of people in running text: "a man, his wife and three neighbours" is one figure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.codes import Qualifier, Unit
from extractor.numerals.cardinal import read_cardinal
from extractor.numerals.figure import Figure
from extractor.numerals.measures import is_thing
from extractor.numerals.member import Member, read_member
from extractor.numerals.people import DETERMINERS, PARTICIPLES
from extractor.numerals.tokens import Token, is_spoken, token_at
from extractor.numerals.words import LISTS, ONE_OF, word_set


class Listed(NamedTuple):
    """A list that is one figure, and what it counts."""

    figure: Figure
    unit: Unit


class _Joint(NamedTuple):
    """What joins two members; `comma`: a comma alone."""

    end: int
    comma: bool


class _Run(NamedTuple):
    """Members in a row and the joints between them.

    `open` runs go on with somebody uncounted; a joint other than a comma comes in `closed` ones.
    """

    members: tuple[Member, ...]
    joints: tuple[_Joint, ...]
    end: int
    open: bool
    closed: bool = False

    def without(self, count: int) -> "_Run":
        """The run without its last members."""
        return self._replace(members=self.members[:-count], joints=self.joints[:-count])


_JOINTS = {
    word: [p for p in (*LISTS.companies, *LISTS.joints) if p[0] == word]
    for word, *_ in (*LISTS.companies, *LISTS.joints)
}
_SINGULAR_VERBS = word_set("was is has")
_PLURAL_VERBS = word_set("were are have")
_BEFORE_DEED = _PLURAL_VERBS | {"also", "been", "all"}
_DEEDS = PARTICIPLES | LISTS.deeds
_ACTIVE = word_set(
    "killing wounding injuring killed wounded injured hurting arresting arrested abducting abducted"
    " kidnapping kidnapped capturing captured detained detaining shot beheaded murdered hit struck"
)
_NO_SUBJECTS = word_set("and but while when that as , . ; : after before")
_SENTENCE_ENDS = (".", "!", "?", "\n")
_OF_LISTED = word_set("a an another his her their its")
_SHARES = word_set("% percent cent most half third quarter many some all none part thirds")
_YOUNG = word_set("boy boys girl girls baby babies infant infants toddler toddlers teenagers")
_OF_A_KIND = word_set("civilians residents villagers members passengers hostages")
_NEAR = 4  # words from "the driver and his mate" to the deed


def find_lists(tokens: Sequence[Token], figures: Sequence[Figure]) -> Iterator[Listed]:
    """Yield the lists of people that are no parts of a total beside them, in order."""
    starts = {figure.first: figure for figure in figures}
    inside = {k for figure in figures for k in range(figure.first + 1, figure.end)}
    ends = {figure.end for figure in figures}
    i = 0
    while i < len(tokens):
        word = tokens[i].word
        if i in inside or not (i in starts or word in DETERMINERS or word in LISTS.openers):
            i += 1
            continue
        run = _read_run(tokens, i, starts)
        if run is None or len(run.members) == 1 or _is_base(tokens, i, ends):
            i = run.members[0].after_lead if run else i + 1
            continue
        kept = _kept(tokens, run)
        # "More than ten soldiers and at least two civilians" tells no full enumeration (R3).
        if kept is not None and all(member.exact for member in kept):
            yield _total(kept)
        i = run.end


def _read_run(tokens: Sequence[Token], i: int, starts: Mapping[int, Figure]) -> _Run | None:
    """Read the members that follow one another from token i on."""
    first = read_member(tokens, i, starts, later=False)
    if first is None or not first.counted:
        return None
    members, joints = [first], list[_Joint]()
    at, closed = first.reach, False
    while joint := _read_joint(tokens, at):
        if closed and joint.comma:  # "a man and a woman, a witness said"
            break
        after = read_member(tokens, joint.end, starts, later=True)
        if after is None and not joint.comma and _opens_things(tokens, joint.end, starts):
            closed = True
        if after is None or (
            token_at(tokens, joint.end - 1).word == "with"
            and tokens[joint.end - 2].word not in ("along", "together")
            and not (after.kin and token_at(tokens, joint.end).word not in ("a", "an", "the"))
        ):
            break
        if after.bare and not (after.kin and members[-1].kin):
            break
        if not after.counted:
            return _Run(tuple(members), tuple(joints), after.end, open=not joint.comma)
        members.append(after)
        joints.append(joint)
        closed = closed or not joint.comma
        at = after.reach
    return _Run(tuple(members), tuple(joints), members[-1].end, open=False, closed=closed)


def _opens_things(tokens: Sequence[Token], i: int, starts: Mapping[int, Figure]) -> bool:
    """Whether a number of things follows: "two drivers, a guard and five lorries"."""
    if i in starts:
        return False
    one = token_at(tokens, i).word in DETERMINERS
    things = any(is_thing(token_at(tokens, k).word, one=True) for k in (i + 1, i + 2))
    return (one and things) or read_cardinal(tokens, i) is not None


def _read_joint(tokens: Sequence[Token], i: int) -> _Joint | None:
    comma = token_at(tokens, i).word == ","
    k = i + 1 if comma else i
    for phrase in _JOINTS.get(token_at(tokens, k).word, ()):
        if is_spoken(tokens, k, phrase):
            end = k + len(phrase)
            return _Joint(end + (1 if token_at(tokens, end).word in ("also", "then") else 0), False)
    return _Joint(k, True) if comma else None


def _kept(tokens: Sequence[Token], run: _Run) -> tuple[Member, ...] | None:
    """The members that are one figure; `None` where they are none."""
    if run.open:
        return None
    cut = _without_next_clause(tokens, run)
    whole = cut.members == run.members
    if len(cut.members) < 2 or (whole and not _is_told(tokens, cut)):
        return None
    members = cut.members
    if _is_spelled_out(tokens, cut):
        members = members[1:]
    if len(members) < 2 or not _are_alike(members):
        return None
    if any(member.figure or member.valued for member in members):
        return members
    return members if _befell(tokens, cut) else None


def _is_base(tokens: Sequence[Token], i: int, ends: Collection[int]) -> bool:
    """Whether the first is a source or the whole of a share: "70% of the 300 men and 5 cooks"."""
    k = i - 1
    if is_spoken(tokens, i - 2, ("according", "to")):
        return True
    while token_at(tokens, k).word in DETERMINERS:
        k -= 1
    share = k in ends or token_at(tokens, k - 1).word in _SHARES
    return share and token_at(tokens, k).word == "of"


def _without_next_clause(tokens: Sequence[Token], run: _Run) -> _Run:
    """Leave out members that open a clause: "killed two men and a boy was hurt"."""
    end = run.members[-1].reach
    after = token_at(tokens, end).word
    if _is_speech(tokens, end):
        commas = [n for n, joint in enumerate(run.joints) if joint.comma]
        return (
            run.without(len(run.joints) - commas[-1]) if commas else run.without(len(run.members))
        )
    before = token_at(tokens, run.members[0].first - 1).word
    governed = before in _ACTIVE or before in LISTS.takers
    singular = after in _SINGULAR_VERBS and not _opens_clause(tokens, run)
    if (governed and (after in _PLURAL_VERBS or after in LISTS.own_deeds)) or singular:
        return run.without(1)
    apart = before in _ACTIVE and after in PARTICIPLES and after != before
    return run.without(1) if apart else run


def _opens_clause(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether the list is the subject even of "was": "a man along with his two sons was held"."""
    before = token_at(tokens, run.members[0].first - 1)
    return before.word in _NO_SUBJECTS or before.word in ("", "\n") or not before.word[0].isalnum()


def _is_speech(tokens: Sequence[Token], i: int) -> bool:
    """Whether those named last say something: "a witness said", "a spokesman for the army said"."""
    for k in range(i, i + _NEAR + 2):
        word = token_at(tokens, k).word
        if word in LISTS.speech:
            return True
        if not word[:1].isalpha() or (k == i and word not in ("for", "from", "at", "of", "in")):
            return False
    return False


def _is_told(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether a list joined by commas alone is one: "3 militants, 1 soldier killed"."""
    if run.closed or any(not joint.comma for joint in run.joints):
        return True
    k = run.members[-1].reach
    while token_at(tokens, k).word in _BEFORE_DEED:
        k += 1
    if token_at(tokens, k).word in _DEEDS:
        return True
    before = token_at(tokens, run.members[0].first - 1).word
    return before in (":", "(") and all(member.figure for member in run.members)


def _is_spelled_out(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether the list details its first member: "five people, two women and three men"."""
    first, others = run.members[0], run.members[1:]
    if not run.joints[0].comma or first.figure is None:
        return False
    rest = sum(member.lower for member in others)
    young = tokens[first.reach - 1].word == "children" and all(
        tokens[member.end - 1].word in _YOUNG for member in others
    )
    aside = young or token_at(tokens, run.members[-1].reach).word in (",", ")", "-", "\u2014")
    kin = all(member.kin for member in others)
    detailed = first.general and (kin or tokens[first.end - 1].word not in _OF_A_KIND)
    return (detailed and rest <= first.lower) or (rest == first.lower and aside)


def _are_alike(members: Sequence[Member]) -> bool:
    """Whether one thing is counted throughout, and nothing different is said of each."""
    units = {member.unit for member in members[1:]}
    same = units == {members[0].unit} or (
        members[0].unit is Unit.BODIES and units == {Unit.PERSONS}
    )
    return same and len({member.outcomes for member in members}) == 1


def _befell(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether a deed is told of people in a list without a number: "a man and a boy died"."""
    first, last = run.members[0].first, run.members[-1].end
    before = token_at(tokens, first - 1).word
    if before in LISTS.relations:
        return False
    named = token_at(tokens, first - 2).word in ("identified", "named", "described")
    if (before in ONE_OF.being or before == "as") and not named:  # "he was a husband and father"
        return False
    articles = {tokens[member.first].word for member in run.members if not member.bare}
    opened = tokens[first].word in ("a", "an", "another")
    indefinite = opened and articles <= _OF_LISTED
    if indefinite and articles <= {"a", "an"} and before == ",":
        name = token_at(tokens, first - 2).raw  # "Jane Roe, a nurse and an activist, …"
        return not (name[:1].isupper() and name[1:].islower())
    if indefinite:
        return True
    for step, k in ((1, last), (-1, first - 1)):
        for _ in range(_NEAR):
            word = token_at(tokens, k).word
            if _is_deed(word):
                return True
            if not word or word in _SENTENCE_ENDS:
                break
            k += step
    return False


def _is_deed(word: str) -> bool:
    if word in PARTICIPLES or word in LISTS.deeds:
        return True
    done = word.removesuffix("ing") + "ed"  # "raping"
    return word.endswith("ing") and (done in PARTICIPLES or done in LISTS.deeds)


def _total(members: Sequence[Member]) -> Listed:
    first, last = members[0], members[-1]
    total = sum(member.lower for member in members)
    figure = Figure(
        first=first.first,
        core=first.first,
        end=last.end,
        qualifier=Qualifier.EXACT,
        lower=total,
        upper=total,
    )
    return Listed(figure, first.unit)

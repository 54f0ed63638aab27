"""Members: which people of a list that is counted whole have a claim of their own (R3).

"A nurse, a driver and a boy of six were killed" is three people. The nurse and the boy are told of
besides, for their role and age; of the driver there is nothing to say that the list does not.
"""

from collections.abc import Sequence

from extractor.codes import Demographic, Standing
from extractor.wire import WireCount

_TELLING = frozenset({Demographic.CHILDREN, Demographic.ELDERLY})


def without_plain_members(
    claims: Sequence[WireCount], named: frozenset[str], kept: frozenset[str]
) -> list[WireCount]:
    """The claims less the members of lists that have no attribute of their own.

    `named` are the claims on people with a name, `kept` those that something else points at.
    """
    lists = {one.id: one for one in claims if one.number.enumerated}
    wholes = {one.part_of for one in claims} | {one.supersedes for one in claims}
    return [
        one
        for one in claims
        if one.part_of not in lists
        or one.id in named
        or one.id in kept
        or one.id in wholes
        or one.number.enumerated
        or _has_attribute(one, lists[one.part_of])
    ]


def _has_attribute(claim: WireCount, whole: WireCount) -> bool:
    group = claim.group
    stands_out = group.standing not in (Standing.UNSPECIFIED, whole.group.standing)
    roles = set(group.roles) - set(whole.group.roles)
    return stands_out or bool(roles or _TELLING & set(group.demographics))

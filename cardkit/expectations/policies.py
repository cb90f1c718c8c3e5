"""Policies, proved or refuted by the engine over every product that may be sold, as expected."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from cardkit.expectations.outcome import Miss
from cardkit.expectations.world import World
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import percent, plain_number, to_yuan
from cardkit.ground.text import Text, joined, same
from cardkit.model.expectation import PolicyExpectation
from cardkit.model.expression import nearest, unknown
from cardkit.model.settings import Policy

if TYPE_CHECKING:  # the engine loads NumPy, which only expectations of policies wait for
    from cardkit.solve.policies import Proof

STATUS = {
    "proved": Text("已证明", "proved"),
    "refuted": Text("有反例", "refuted"),
    "not_proved": Text("未能证明", "not proved"),
}
_MOST_SHOWN = 3


def held(world: World, expectation: PolicyExpectation, as_of: date) -> Iterator[Miss]:
    """What refutes a policy or keeps it from being proved; of one known to be refuted, that it isn't.

    Raises CardkitError for a policy or segment that isn't there.
    """
    proofs = _proofs(world, expectation, as_of)
    wanted = STATUS[expectation.status]
    what = Text(f"政策 {expectation.policy}", f"policy {expectation.policy}")
    if expectation.status == "refuted":
        if not any(proof.status == "refuted" for proof in proofs):
            unfinished = [proof for proof in proofs if proof.status == "not_proved"]
            got = STATUS["not_proved" if unfinished else "proved"]
            why = (
                joined([_told(proof) for proof in unfinished[:_MOST_SHOWN]], "；", "; ")
                if unfinished
                else Text(
                    "已没有反例：改成 status: proved，防止再出现",
                    "no counterexample is left: write status: proved, so that none comes back",
                )
            )
            yield Miss(what, wanted, got, why, ("status",))
        return
    for status in ("refuted", "not_proved"):
        against = [proof for proof in proofs if proof.status == status]
        if against:
            where = ", ".join(dict.fromkeys(f"@{proof.segment}" for proof in against))
            told = joined([_told(proof) for proof in against[:_MOST_SHOWN]], "；", "; ")
            if len(against) > _MOST_SHOWN:
                more = len(against) - _MOST_SHOWN
                told += Text(f"；另有 {more} 个客群", f"; and {more} more segments")
            yield Miss(what, wanted, STATUS[status] + same(f" {where}"), told, ("policy",))


def _proofs(world: World, expectation: PolicyExpectation, as_of: date) -> list["Proof"]:
    from cardkit.solve.policies import prove

    policy = _policy(world, expectation)
    combinations = world.combinations(as_of, policy.segments)
    return list(prove(combinations, [policy], counted=False))


def _policy(world: World, expectation: PolicyExpectation) -> Policy:
    """The policy, for the segments that are expected."""
    policies = {policy.id: policy for policy in world.catalog.settings.policies}
    found = policies.get(expectation.policy)
    if found is None:
        close = nearest(expectation.policy, policies) or sorted(policies)
        raise CardkitError(
            Text(f"没有政策 {expectation.policy}", f"There is no policy {expectation.policy}"),
            Text("有：", "there are: ") + joined([same(name) for name in close]),
        )
    for segment in expectation.segments:
        if segment not in world.catalog.segments:
            raise unknown(world.catalog, segment, ("segment",))
        if found.segments and segment not in found.segments:
            raise CardkitError(
                Text(
                    f"政策 {found.id} 不管客群 {segment}",
                    f"The policy {found.id} isn't for {segment}",
                ),
                Text("去掉这个客群", "leave this segment out"),
            )
    if not expectation.segments:
        return found
    values = {name: getattr(found, name) for name in type(found).__items__}  # type: ignore[attr-defined]
    return Policy(**(values | {"segments": expectation.segments}))


def _told(proof: "Proof") -> Text:
    if proof.status == "not_proved":
        return Text(f"@{proof.segment}：{_limit(proof.why).zh}", f"@{proof.segment}: {_limit(proof.why).en}")
    shown = _measured(proof)
    bound = _bound(proof)
    if proof.worst is None:
        return same(f"@{proof.segment}: ") + Text(f"{shown}，要求 {bound.zh}", f"{shown}, not {bound.en}")
    return Text(f"{proof.worst} 是 {shown}，要求{bound.zh}", f"{proof.worst} has {shown}, not {bound.en}")


def _measured(proof: "Proof") -> str:
    if proof.amount is not None:
        return str(proof.amount) if proof.worst is None else f"{to_yuan(proof.amount):,}"
    ratio = proof.ratio
    return "-" if ratio is None else percent(ratio, 2)


def _bound(proof: "Proof") -> Text:
    shown = plain_number(Fraction(proof.bound))
    if proof.side == "least":
        return Text(f"至少 {shown}", f"at least {shown}")
    return Text(f"最多 {shown}", f"at most {shown}")


def _limit(why: str) -> Text:
    known = {
        "time": Text("时间用完", "out of time"),
        "nodes": Text("组合太多，内存上限已到", "too many combinations for the memory allowed"),
        "bytes": Text("组合太多，内存上限已到", "too many combinations for the memory allowed"),
        "missing": Text("有产品缺少数据，无法定价", "some products can't be priced: figures are missing"),
    }
    return known.get(why, same(why))

"""CK4: shares sum to 100%, and what is left over has an owner."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.limits import shown_share
from cardkit.ground.finding import Code, Finding, Path, Related
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.redeem import Redeem

FUNDING = Code("CK405", "funding-shares")
SHORTFALL = Code("CK406", "shortfall-without-owner")
TYPES = Code("CK410", "customer-type-shares")
MIX = Code("CK411", "redemption-mix")
TENORS = Code("CK412", "tenor-shares")


def _sums(checking: Checking, figures: list[Figure]) -> Iterator[tuple[str | None, Fraction]]:
    """The sum of some figures on the day: for all, and for each segment that has a value of its own."""
    segments: list[str | None] = [None]
    segments += list(dict.fromkeys(name for figure in figures for name in figure.by_segment))
    for segment in segments:
        entries = [figure.on(checking.as_of, segment) for figure in figures]
        if all(entry is not None for entry in entries):
            yield segment, sum((entry.value for entry in entries if entry is not None), Fraction(0))


def _wrong(checking: Checking, figures: list[Figure]) -> Text | None:
    """What is wrong with a sum that should be 100%, the first fault; None where all is well."""
    for segment, total in _sums(checking, figures):
        if total != 1:
            zh = f"（{segment}）" if segment else ""
            en = f" in {segment}" if segment else ""
            return Text(
                f"合计是 {shown_share(total)}{zh}，不是 100%",
                f"They sum to {shown_share(total)}{en}, not 100%",
            )
    return None


@check(FUNDING)
def funding_shares(checking: Checking) -> Iterable[Finding]:
    """The shares of those who pay for a benefit don't sum to 100%.

    各付款方的分摊比例之和不是 100%。

    Why: What is left is paid by nobody in the contract, and by the bank in fact; above 100% a partner is
        charged for more than was granted.
    为什么：剩下的部分合同里没人付，实际上由银行承担；超过 100% 则向合作方多收了钱。
    Bad (modules/pet-care.yaml benefits/0/funding):
        shares: # here
          - {payer: bank, share: 60%}
          - {payer: paws-clinics, share: 30%}
    Good (modules/pet-care.yaml benefits/0/funding):
        shares:
          - {payer: bank, share: 70%}
          - {payer: paws-clinics, share: 30%}
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.on_sale:
        funding = held.benefit.funding
        if funding is None:
            continue
        wrong = _wrong(checking, [funder.share for funder in funding.shares])
        if wrong is not None:
            yield Finding(
                FUNDING,
                checking.at_held(held, "funding", "shares", key=True),
                Text(f"分摊比例{wrong.zh}", f"Who pays? {wrong.en}"),
                Text(
                    "让各方之和为 100%，银行的部分写 payer: bank",
                    "let them sum to 100%; the bank's part is payer: bank",
                ),
                held.holder.id,
            )


@check(SHORTFALL)
def shortfall_without_owner(checking: Checking) -> Iterable[Finding]:
    """A payer gives up to a cap, and who is to pay the rest can't: they are capped too, or pay nothing here.

    付款方有上限，而负责差额的一方也有上限，或根本不是付款方。

    Why: After the caps a part of the cost is left that the contract gives to nobody.
    为什么：各方到达上限后，剩下的成本在合同里没有归属。
    Bad (modules/pet-care.yaml benefits/0/funding):
        shares:
          - {payer: bank, share: 70%}
          - {payer: paws-clinics, share: 30%, cap: 100000}
        shortfall: paws-clinics # here
    Good (modules/pet-care.yaml benefits/0/funding):
        shares:
          - {payer: bank, share: 70%}
          - {payer: paws-clinics, share: 30%, cap: 100000}
        shortfall: bank
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.on_sale:
        funding = held.benefit.funding
        if funding is None:
            continue
        capped = {
            funder.payer: index for index, funder in enumerate(funding.shares) if funder.cap is not None
        }
        payers = {funder.payer for funder in funding.shares} | {"bank"}
        if funding.shortfall in capped:
            why = Text("负责差额，自己也有上限", "owns the shortfall and has a cap itself")
        elif funding.shortfall not in payers:
            why = Text("负责差额，但不在付款方里", "owns the shortfall and isn't among those who pay")
        else:
            continue
        index = capped.get(funding.shortfall, 0)
        yield Finding(
            SHORTFALL,
            checking.at_held(held, "funding", "shortfall"),
            Text(f"{funding.shortfall} {why.zh}", f"{funding.shortfall} {why.en}"),
            Text("写 shortfall: bank，或删掉它的 cap", "write shortfall: bank, or take its cap away"),
            held.holder.id,
            (
                Related(
                    checking.at_held(held, "funding", "shares", index),
                    Text("它的分摊在这里", "its share is here"),
                ),
            ),
        )


@check(TYPES)
def customer_type_shares(checking: Checking) -> Iterable[Finding]:
    """The shares of a segment's customer types don't sum to 100%.

    一个客群里各类客户的占比之和不是 100%。

    Why: Selection weighs each type by its share; what is missing would neither choose nor cost anything.
    为什么：逆选择按各类占比加权；漏掉的那部分既不会选择，也没有成本。
    Bad (modules/lounge-pass.yaml segments/gen-z):
        types: # here
          - {share: 20%, choose: 60%, usage: {lounge-visits: 6}}
          - {share: 70%, choose: 5%, usage: {lounge-visits: 1}}
    Good (modules/lounge-pass.yaml segments/gen-z):
        choose: 12%
        types:
          - {share: 20%, choose: 60%, usage: {lounge-visits: 6}}
          - {share: 80%, choose: 5%, usage: {lounge-visits: 1}}
    Source: docs/mechanics.md
    """
    for module in checking.catalog.modules.values():
        for segment, demand in (module.segments or {}).items():
            total = sum((kind.share for kind in demand.types), Fraction(0))
            if demand.types and total != 1:
                yield Finding(
                    TYPES,
                    checking.at(module, "segments", segment, "types", key=True),
                    Text(
                        f"各类客户合计 {shown_share(total)}，不是 100%",
                        f"The types sum to {shown_share(total)}, not 100%",
                    ),
                    Text(
                        "补上其余客户的一类（choose 可为 0%）",
                        "add the type of all others; its choose may be 0%",
                    ),
                    module.id,
                )


@check(MIX)
def redemption_mix(checking: Checking) -> Iterable[Finding]:
    """The redemption options of a currency don't share out 100% of its points.

    一种积分的各兑换方式占比之和不是 100%。

    Why: The cost of a point is the mix of what it is redeemed for; shares that don't sum to 100% are a slip,
        and which one it is can't be guessed.
    为什么：每分成本由兑换组合决定；合计不是 100% 就是写错了，而且猜不出错在哪一项。
    Bad (cards/gold-card.yaml core/3):
        mix_share: 30%
    Bad (cards/gold-card.yaml core/2):
        mix_share: 60% # here
    Good (cards/gold-card.yaml core/3):
        mix_share: 40%
    Source: docs/mechanics.md
    """
    for card in checking.catalog.cards.values():
        if card.status == "retired":
            continue
        options: dict[str, list[tuple[Redeem, Path]]] = {}
        for key, rights in (("core", card.core), ("benefits", card.benefits)):
            for index, right in enumerate(rights):
                if isinstance(right, Redeem):
                    options.setdefault(right.currency, []).append((right, (key, index)))
        for currency, listed in options.items():
            wrong = _wrong(checking, [option.mix_share for option, _ in listed])
            if wrong is not None:
                yield Finding(
                    MIX,
                    checking.at(card, *listed[0][1], "mix_share"),
                    Text(f"{currency} 的兑换占比{wrong.zh}", f"The mix of {currency}: {wrong.en}"),
                    Text("核对每种兑换方式的 mix_share", "look at the mix_share of each option"),
                    card.id,
                    tuple(
                        Related(
                            checking.at(card, *path, "mix_share"), Text("另一种兑换方式", "another option")
                        )
                        for _, path in listed[1:]
                    ),
                )


@check(TENORS)
def tenor_shares(checking: Checking) -> Iterable[Finding]:
    """The shares of an instalment's tenors don't sum to 100%.

    分期各期数的合同占比之和不是 100%。

    Why: Interest and balance are the mix of the tenors; a sum that isn't 100% is a slip.
    为什么：利息和余额按各期数加权；合计不是 100% 就是写错了。
    Bad (modules/study-instalments.yaml benefits/0):
        tenors: # here
          - {months: 6, customer_rate: 0%, share: 40%}
          - {months: 12, customer_rate: 0.3%, share: 50%}
    Good (modules/study-instalments.yaml benefits/0):
        tenors:
          - {months: 12, customer_rate: 0.3%}
    Source: docs/mechanics.md
    """
    for held in checking.on_sale:
        if not isinstance(held.benefit, Instalment):
            continue
        shares = [tenor.share for tenor in held.benefit.tenors if tenor.share is not None]
        wrong = _wrong(checking, shares) if shares else None
        if wrong is not None and any(total != 0 for _, total in _sums(checking, shares)):
            yield Finding(
                TENORS,
                checking.at_held(held, "tenors", key=True),
                Text(f"各期数占比{wrong.zh}", f"The tenors' shares: {wrong.en}"),
                Text("让各期数的 share 之和为 100%", "let the shares of all tenors sum to 100%"),
                held.holder.id,
            )

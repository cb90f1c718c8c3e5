"""CK4: the policies of a catalog, proved for every product that may be sold or refuted with the worst one."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Related, Site
from cardkit.ground.money import Fen, plain_number, to_yuan
from cardkit.ground.text import Text, joined
from cardkit.model.bundle import Bundle
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog, benefit_path
from cardkit.model.expression import Product, parse
from cardkit.model.module import Module
from cardkit.model.saved_product import SavedProduct
from cardkit.model.settings import Policy
from cardkit.pricing.price import Price, price

if TYPE_CHECKING:  # the engine brings NumPy, which only catalogs with policies wait for
    from cardkit.solve.mends import Mend
    from cardkit.solve.policies import Proof

REFUTED = Code("CK414", "policy-refuted")
NOT_PROVED = Code("CK415", "policy-not-proved")

MISSING = "missing"
"""Why a proof isn't finished where a figure is missing; the check for that has told it."""

MOST_LINES = 3
"""Lines of the worst product that a finding points at."""

MEASURED = {
    "contribution": Text("银行贡献", "contribution"),
    "customer-net": Text("客户净值", "customer net"),
    "benefit-cost-ratio": Text("权益成本占收入比", "benefit cost ÷ revenue"),
    "customer-pays": Text("客户支付", "what the customer pays"),
    "products": Text("可售产品数", "the number of products"),
}


def _proofs(checking: Checking) -> "tuple[Proof, ...]":
    """What was proved of the policies; nothing while files are broken: then not every product is known."""
    settings = checking.settings
    if settings is None or not settings.policies or checking.catalog.broken or checking.has_unknown_ids:
        return ()
    if "proofs" not in checking.memory:
        from cardkit.solve.combinations import Combinations
        from cardkit.solve.policies import prove

        combinations = Combinations(checking.day, checking.limits)
        checking.memory["combinations"] = combinations
        checking.memory["proofs"] = tuple(prove(combinations, settings.policies))
    found: tuple[Proof, ...] = checking.memory["proofs"]
    return found


@check(REFUTED)
def policy_refuted(checking: Checking) -> Iterable[Finding]:
    """A product that may be sold breaks a policy.

    有可售产品违反政策。

    Why: A policy is a promise about every product that anybody can assemble, in every segment; the worst
        product that breaks it is named, with its largest lines and the smallest changes that would mend it,
        each of which was proved. How many products break it tells a slip from a flaw.
    为什么：政策是对任何人在任何客群能拼出的每个产品的承诺；这里给出违反得最厉害的产品、它最大的几行
        金额，以及证明过有效的最小改动。违反的产品有多少，说明这是疏漏还是设计问题。
    Bad (catalog.yaml policies/0):
        least: 0
    Bad (rules/dining-best.yaml):
        kind: interaction # here
    Good (catalog.yaml policies/0):
        least: -2
    Source: practice of card centres 信用卡中心实务
    """
    proofs = _proofs(checking)
    for proof in proofs:
        if proof.status == "refuted":
            yield _refuted(checking, proof, proofs)


@check(NOT_PROVED)
def policy_not_proved(checking: Checking) -> Iterable[Finding]:
    """A policy could be neither proved nor refuted.

    政策既没能证明，也没能推翻。

    Why: What isn't proved is not promised: the time limit was reached, or the rules are too dense, before
        every product was looked at. (A figure that is missing is told by missing-figure.)
    为什么：没有证明就不能算承诺：到了时限，或规则太密，没能看完所有产品。
        （缺少的数值由 missing-figure 报告。）
    Bad:
        hundreds of modules under rules between all of them, and a time limit of a second
        几百个模块，彼此都有规则，而时限只有一秒
    Good:
        the same with enough time, or with rules between neighbours
        同样的目录，时间充足，或规则只在相近的模块之间
    Source: docs/engine.md
    """
    for proof in _proofs(checking):
        if proof.status == "not_proved" and proof.why != MISSING:
            yield _not_proved(checking, proof)


def _offers(checking: Checking) -> Iterator[tuple[str, Site, Product]]:
    """Bundles in their segments and saved products in theirs, each with the place to point at."""
    catalog = checking.catalog
    for bundle in checking.live(Bundle):
        modules = set(bundle.modules)
        if (
            bundle.card in catalog.cards
            and modules <= set(catalog.modules)
            and len(modules) == len(bundle.modules)
        ):
            for index, segment in enumerate(bundle.segments):
                if segment in catalog.segments:
                    product = Product(bundle.card, tuple(sorted(modules)), segment)
                    yield bundle.id, checking.at(bundle, "segments", index), product
    for saved in checking.live(SavedProduct):
        try:
            product = parse(catalog, saved.product).product
        except CardkitError:
            continue  # said by unreadable-product
        segments = (
            [product.segment] if product.segment else sellable_segments(catalog, product, checking.as_of)
        )
        for segment in segments:
            yield saved.id, checking.at(saved, "product"), product.to(segment)


def _site(catalog: Catalog, proof: "Proof") -> Site:
    index = next(index for index, each in enumerate(catalog.settings.policies) if each.id == proof.policy)
    return catalog.setting_site("policies", index, proof.side)


def _policy(checking: Checking, proof: "Proof") -> Policy:
    return next(each for each in checking.catalog.settings.policies if each.id == proof.policy)


def _asked(proof: "Proof") -> Text:
    """What the policy asks for: `at least 0.00`."""
    bound = f"{float(proof.bound):.1%}" if proof.is_ratio else plain_number(proof.bound, 2)
    return (
        Text(f"至少 {bound}", f"at least {bound}")
        if proof.side == "least"
        else Text(f"最多 {bound}", f"at most {bound}")
    )


def _reached(proof: "Proof") -> str:
    if proof.is_ratio:
        return "∞" if proof.ratio is None else f"{float(proof.ratio):.1%}"
    if proof.is_number:
        return str(proof.amount)
    return str(to_yuan(proof.amount or 0))


def _refuted(checking: Checking, proof: "Proof", proofs: "tuple[Proof, ...]") -> Finding:
    catalog, policy = checking.catalog, _policy(checking, proof)
    where, measure, asked = _site(catalog, proof), MEASURED[policy.measure], _asked(proof)
    if proof.worst is None:
        return Finding(
            REFUTED,
            where,
            Text(
                f"政策 {policy.id} 在 {proof.segment} 不成立：{measure.zh}是 {_reached(proof)}，"
                f"要求{asked.zh}：{policy.reason.zh}",
                f"Policy {policy.id} doesn't hold at {proof.segment}: {measure.en} is {_reached(proof)}, "
                f"{asked.en} is asked: {policy.reason.en}",
            ),
            Text("放宽资格或规则，或改政策", "widen eligibility or rules, or change the policy"),
            policy.id,
        )
    priced = price(checking.day, proof.worst)
    number = proof.breaking
    many = Text("", "")
    if number is not None:
        many = Text(f"，共 {number} 个产品违反", f"; {number} product{'' if number == 1 else 's'} break it")
    waterfall = _waterfall(priced)
    lines = _largest(catalog, priced)
    said = Text(
        f"政策 {policy.id} 在 {proof.segment} 不成立：{proof.worst} 的{measure.zh}是 {_reached(proof)}，"
        f"要求{asked.zh}{many.zh}：{policy.reason.zh}（{waterfall.zh}）",
        f"Policy {policy.id} doesn't hold at {proof.segment}: {measure.en} of {proof.worst} is "
        f"{_reached(proof)}, {asked.en} is asked{many.en}: {policy.reason.en} ({waterfall.en})",
    )
    told = [Related(site, name) for site, name in lines[1:]]
    told += _named(checking, proof)
    told.append(Related(where, Text("政策在这里", "the policy is here")))
    main = lines[0][0] if lines else where
    return Finding(REFUTED, main, said, _mends(checking, proof, proofs), policy.id, tuple(told))


def _named(checking: Checking, proof: "Proof") -> Iterator[Related]:
    """The bundles and saved products of the segment that break the policy: these are offered by name."""
    from cardkit.solve.policies import Demand

    policy = _policy(checking, proof)
    demand = Demand(checking.memory["combinations"], policy, proof.segment, proof.side, proof.bound)
    measure, needed = demand.measure()
    table = checking.memory["combinations"].table
    for name, site, product in _offers(checking):
        if product.segment != proof.segment or refusals(checking.catalog, product, checking.as_of):
            continue
        totals = table.total(product)
        if totals is not None and demand.breaks(measure(totals), needed):
            yield Related(site, Text(f"{name} 也违反：{product}", f"{name} breaks it too: {product}"))


def _waterfall(priced: Price) -> Text:
    """From revenue to contribution, and what it is worth to the customer, in one line."""
    revenue, benefits = to_yuan(priced.revenue), to_yuan(priced.benefit_cost)
    others, left = to_yuan(Fen(priced.cost - priced.benefit_cost)), to_yuan(priced.contribution)
    value, pays, net = (
        to_yuan(each) for each in (priced.customer_value, priced.customer_pays, priced.customer_net)
    )
    return Text(
        f"收入 {revenue} − 权益成本 {benefits} − 其他成本 {others} = 贡献 {left}；"
        f"客户得 {value} − 付 {pays} = {net}",
        f"revenue {revenue} − benefits {benefits} − other costs {others} = contribution {left}; "
        f"the customer gets {value} − pays {pays} = {net}",
    )


def _largest(catalog: Catalog, priced: Price) -> list[tuple[Site, Text]]:
    """The places of the rights that cost most in a product, with what they cost."""
    costs = sorted((line for line in priced.lines if line.benefit), key=lambda line: line.amount)
    found = []
    for line in costs[:MOST_LINES]:
        amount = to_yuan(line.amount)
        entity = catalog.entities.get(line.source)
        right = line.id.rpartition("/")[2]
        path = benefit_path(entity, right) if isinstance(entity, Card | Module) else ()
        site = catalog.site(line.source, *path) if line.source in catalog.source_of else None
        if site is not None:
            found.append((site, line.name + Text(f"：{amount} 元", f": CNY {amount}")))
    return found


def _mends(checking: Checking, proof: "Proof", proofs: "tuple[Proof, ...]") -> Text:
    """The smallest changes that mend it, in one sentence."""
    from cardkit.solve.mends import mends

    found = list(_said(mends(checking.memory["combinations"], proof, proofs)))
    if not found:
        return Text(
            f"改一处价格、一个上限或一条互斥都不够；看 cardkit price '{proof.worst}' --explain",
            f"no single price, cap or exclusion mends it; see: cardkit price '{proof.worst}' --explain",
        )
    return Text("任选其一即可（都已证明）：", "one of these is enough (each is proved): ") + joined(
        found, "；", "; "
    )


def _said(found: "Iterable[Mend]") -> Iterator[Text]:
    for mend in found:
        lost = (
            Text(f"（少 {mend.lost} 个产品）", f" ({mend.lost} products fewer)")
            if mend.lost
            else Text("", "")
        )
        yield mend.said + lost


def _not_proved(checking: Checking, proof: "Proof") -> Finding:
    policy, asked = _policy(checking, proof), _asked(proof)
    measure = MEASURED[policy.measure]
    why = Text("到了时限或大小上限", "the time or size limit was reached")
    hint = Text("加大 --time-limit，或简化规则", "raise --time-limit, or simplify the rules")
    known = Text("", "")
    if proof.known is not None:
        amount = to_yuan(proof.known)
        known = Text(f"；已知不会超过 {amount}", f"; it is known not to go beyond {amount}")
    return Finding(
        NOT_PROVED,
        _site(checking.catalog, proof),
        Text(
            f"政策 {policy.id} 在 {proof.segment} 未证明（{measure.zh}{asked.zh}）：{why.zh}{known.zh}",
            f"Policy {policy.id} isn't proved at {proof.segment} ({measure.en} {asked.en}): "
            f"{why.en}{known.en}",
        ),
        hint,
        policy.id,
    )

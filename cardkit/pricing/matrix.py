"""Modules × segments: what each module adds to the reference card of each segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cardkit.combine.sellable import refusals
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen, to_fen
from cardkit.ground.text import Text
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day, RealSetting


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A module in a segment, alone on the segment's reference card; amounts per holder and year.

    Amounts are None where the module may not be sold so, and where it can't be priced: then `missing` says
    which figure isn't there, because missing is not zero.
    """

    product: Product
    module: str
    segment: str
    refusals: tuple[Refusal, ...]
    price: Fen | None = None
    """The module's list price."""
    contribution: Fen | None = None
    """Price of the card with the module less price of the card, for the bank."""
    customer_net: Fen | None = None
    """The same for the customer."""
    missing: Text | None = None

    @property
    def sellable(self) -> bool:
        """Whether card and module may be sold to the segment on the day."""
        return not self.refusals


@dataclass(frozen=True, slots=True)
class Matrix:
    """A cell for each module and segment, and the reference card of each segment."""

    modules: tuple[str, ...]
    segments: tuple[str, ...]
    cards: Mapping[str, str]
    cells: Mapping[tuple[str, str], MatrixCell]

    @property
    def complete(self) -> bool:
        """Whether every module that may be sold could be priced."""
        return all(cell.missing is None for cell in self.cells.values())


def matrix(day: Day, modules: Sequence[str], segments: Sequence[str]) -> Matrix:
    """The cells of these modules and segments.

    What can't be priced is a cell's matter, not the matrix's. Raises CardkitError where a segment's reference
    card can't be used.
    """
    cards = {name: _reference(day, name) for name in segments}
    bases = {name: _base(day, Product(card, (), name)) for name, card in cards.items()}
    cells = {
        (module, segment): _cell(day, module, segment, cards[segment], bases[segment])
        for module in modules
        for segment in segments
    }
    return Matrix(tuple(modules), tuple(segments), cards, cells)


def _reference(day: Day, segment: str) -> str:
    card = day.catalog.segments[segment].reference_card
    if card not in day.catalog.cards:
        raise CardkitError(
            Text(
                f"{segment} 的参考卡 {card} 不能用", f"{card}, the reference card of {segment}, can't be used"
            ),
            Text("先运行 cardkit validate", "run: cardkit validate"),
        )
    return card


def _base(day: Day, product: Product) -> Price | CardkitError:
    try:
        return price(day, product)
    except CardkitError as unpriced:
        return unpriced


def _cell(day: Day, module: str, segment: str, card: str, base: Price | CardkitError) -> MatrixCell:
    product = Product(card, (module,), segment)
    forbidden = refusals(day.catalog, product, day.as_of)
    if forbidden:
        return MatrixCell(product, module, segment, forbidden)
    if isinstance(base, CardkitError):
        return MatrixCell(product, module, segment, (), missing=base.message)
    try:
        listed = _list_price(day, product)
        with_it = price(day, product)
    except CardkitError as unpriced:
        return MatrixCell(product, module, segment, (), missing=unpriced.message)
    added = Fen(with_it.contribution - base.contribution)
    return MatrixCell(
        product, module, segment, (), listed, added, Fen(with_it.customer_net - base.customer_net)
    )


def _list_price(day: Day, product: Product) -> Fen:
    catalog = day.catalog
    module = catalog.modules[product.modules[0]]
    segment = catalog.segments[product.segment or ""]
    setting = RealSetting(day, catalog.cards[product.card], segment, module, str(product))
    return to_fen(setting.read(module, "price"))

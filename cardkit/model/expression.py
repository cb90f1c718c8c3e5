"""The product expression `CARD+MODULE+MODULE@SEGMENT`: text to a product, and back to one canonical form."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cardkit.ground.errors import CardkitError
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.leaf import is_identifier
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.model.kinds import KIND_OF_WORD

MOST_NESTED = 20


@dataclass(frozen=True, slots=True, order=True)
class Product:
    """A base card plus a set of modules, offered to a segment or, without one, to any."""

    card: str
    modules: tuple[str, ...]
    """Sorted, no id twice."""
    segment: str | None = None

    def __str__(self) -> str:
        base = "+".join((self.card, *self.modules))
        return base if self.segment is None else f"{base}@{self.segment}"

    def to(self, segment: str | None) -> "Product":
        """The same card and modules, offered to a segment."""
        return Product(self.card, self.modules, segment)


@frozen
class Named:
    """A product together with what was typed for it, and the campaigns and notes that come with it."""

    product: Product
    typed: str
    campaigns: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()


def parse(catalog: Catalog, typed: str) -> Named:
    """The product that an expression means.

    Bundles and saved products expand wherever they stand. A module, service tier, campaign or segment
    that stands without a card is put on the segment's reference card, and a note says so.

    Raises CardkitError for ids that don't exist, a module typed twice, two cards, no card.
    """
    return _Reader(catalog, typed).read(typed, 0)


def unknown(catalog: Catalog, name: str, kinds: Iterable[str] = ()) -> CardkitError:
    """The error for an id that doesn't exist, with the nearest ones that do."""
    wanted = set(kinds)
    known = [
        source.id
        for source in catalog.sources
        if source.id is not None and (not wanted or source.kind in wanted)
    ]
    close = nearest(name, known)
    hint = Text(
        "相近的有：" + "、".join(close) if close else "用 cardkit list 看有哪些",
        "did you mean " + " or ".join(close) + "?" if close else "see what there is with: cardkit list",
    )
    return CardkitError(Text(f"目录里没有 {name}", f"There is no {name} in the catalog"), hint)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known words that are most like a name, the most alike first."""
    from difflib import get_close_matches

    return get_close_matches(name, sorted(set(known)), 3, 0.55)


@dataclass(slots=True)
class _Parts:
    """What the words of an expression bring, until they make a product."""

    cards: list[str] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)
    campaigns: list[str] = field(default_factory=list)
    segment: str | None = None

    def offer(self, segment: str | None) -> None:
        """A segment that a word brings along; the first counts, and one that was typed overrides it."""
        self.segment = self.segment or segment


class _Reader:
    def __init__(self, catalog: Catalog, typed: str) -> None:
        self.catalog = catalog
        self.typed = typed

    def read(self, text: str, depth: int) -> Named:
        """Read one expression; saved products inside it are read one level deeper."""
        if depth > MOST_NESTED:
            raise CardkitError(
                Text(f"{self.typed} 在自己里面展开", f"{self.typed} contains itself"),
                Text("保存的产品不能引用自己", "a saved product can't refer to itself"),
            )
        base, at, segment_text = text.partition("@")
        segment = segment_text if at else None
        if segment is not None and segment not in self.catalog.segments:
            self._known(segment, ("segment",))
        parts = _Parts()
        for part in base.split("+"):
            self._add(parts, part, text, depth)
        segment = segment or parts.segment
        notes: tuple[Text, ...] = ()
        if not parts.cards:
            parts.cards, notes = self._reference(base, segment)
        product = self._product(text, parts.cards, parts.modules, segment)
        return Named(product, self.typed, tuple(parts.campaigns), notes)

    def _add(self, parts: "_Parts", part: str, text: str, depth: int) -> None:
        """Take one word of an expression apart into what it brings."""
        kind = self._kind(part, text)
        if kind == "card":
            parts.cards.append(part)
        elif kind == "module":
            parts.modules.append(part)
        elif kind == "bundle":
            bundle = self.catalog.bundles[part]
            parts.cards.append(bundle.card)
            parts.modules.extend(bundle.modules)
        elif kind == "product":
            inner = self.read(self.catalog.products[part].product, depth + 1).product
            parts.cards.append(inner.card)
            parts.modules.extend(inner.modules)
            parts.offer(inner.segment)
        elif kind == "campaign":
            parts.campaigns.append(part)
            parts.offer(self.catalog.campaigns[part].target.segments[0])
        elif kind == "service":
            parts.offer(next(iter(self.catalog.services[part].segments), None))
        else:
            parts.offer(part)

    def _product(self, text: str, cards: list[str], modules: list[str], segment: str | None) -> Product:
        if len(cards) > 1:
            names = joined([same(card) for card in cards], "、", " and ")
            raise CardkitError(
                Text(f"{text} 里有多张卡：{names.zh}", f"{text} has more than one card: {names.en}"),
                Text("一个产品只有一张基础卡", "a product has one base card; keep one of them"),
            )
        doubled = sorted({module for module in modules if modules.count(module) > 1})
        if doubled:
            names = joined([same(module) for module in doubled])
            raise CardkitError(
                Text(f"{text} 里 {names.zh} 写了两次", f"{names.en} stands twice in {text}"),
                Text(
                    "每个模块只写一次（组合里已有的不用再写）",
                    "write each module once; a bundle brings its own",
                ),
            )
        return Product(cards[0], tuple(sorted(modules)), segment)

    def _reference(self, base: str, segment: str | None) -> tuple[list[str], tuple[Text, ...]]:
        if segment is None:
            raise CardkitError(
                Text(f"{base} 里没有基础卡", f"{base} has no base card"),
                Text(
                    f"写成 CARD+{base}，或加 @SEGMENT 用该客群的参考卡",
                    f"write CARD+{base}, or add @SEGMENT to put it on the segment's reference card",
                ),
            )
        card = self.catalog.segments[segment].reference_card
        if card not in self.catalog.cards:
            self._known(card, ("card",))
        note = Text(
            f"{base} 没有写基础卡：放在 {segment} 的参考卡 {card} 上",
            f"{base} names no base card: put on {card}, the reference card of {segment}",
        )
        return [card], (note,)

    def _kind(self, part: str, text: str) -> str:
        if not is_identifier(part):
            raise CardkitError(
                Text(f"看不懂产品 {text}", f"Can't read the product {text}"),
                Text(
                    "写成 CARD+MODULE+MODULE@SEGMENT，如 base-card+pet-care@gen-z",
                    "write CARD+MODULE+MODULE@SEGMENT, such as base-card+pet-care@gen-z",
                ),
            )
        return self._known(part, ())

    def _known(self, name: str, kinds: tuple[str, ...]) -> str:
        entity = self.catalog.entities.get(name)
        usable = ("card", "module", "bundle", "product", "campaign", "service", "segment")
        if entity is None:
            if name in self.catalog.broken:
                raise self._broken(name)
            raise unknown(self.catalog, name, kinds or usable)
        if entity.kind not in (kinds or usable):
            word = KIND_OF_WORD[entity.kind].name
            raise CardkitError(
                Text(f"{name} 是{word.zh}，不能放在这里", f"{name} is a {word.en}; it can't stand here"),
                Text("用 cardkit show 查看它", f"look at it with: cardkit show {name}"),
            )
        return entity.kind

    def _broken(self, name: str) -> CardkitError:
        file = self.catalog.source_of[name].file if name in self.catalog.source_of else name
        return CardkitError(
            Text(f"{name} 的文件有错，无法使用：{file}", f"{name} can't be used: its file {file} has faults"),
            Text("先运行 cardkit validate", "run: cardkit validate"),
        )

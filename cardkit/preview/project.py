"""A product to the sheet that its customer reads: a whitelist projection of the catalog."""

from collections.abc import Iterator
from datetime import date

from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.ground.text import Text, joined
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.wording import grouped
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import START_EVENTS, Campaign, Clock
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.model.module import Module
from cardkit.preview import labels
from cardkit.preview.fees import bundles_in, fee_lines
from cardkit.preview.held import Holder, Page, campaign_state, first_come
from cardkit.preview.instalments import box_of
from cardkit.preview.notices import notices
from cardkit.preview.overlaps import overlaps, shared_caps
from cardkit.preview.public import public_face
from cardkit.preview.rights import right_line, speaking_of
from cardkit.preview.sheet import Fact, RightLine, Section, Sheet, Version
from cardkit.preview.wording import span


def sheet_of(catalog: Catalog, product: Product, as_of: date, campaigns: tuple[str, ...] = ()) -> Sheet:
    """The customer's sheet of a product on a day, with the campaigns named.

    A product that may not be sold has a sheet all the same, which says why. Without a segment it shows what
    every customer gets. Raises CardkitError where a figure that the sheet must show has no value that day.
    """
    page = Page(catalog, product, as_of, campaigns)
    reasons = _reasons(page)
    segment = None if product.segment is None else catalog.segments[product.segment].name
    return Sheet(
        product=str(product),
        title=_title(page),
        issuer=catalog.settings.issuer,
        card=page.card.name,
        segment=segment,
        sellable=not reasons,
        reasons=reasons,
        facts=tuple(_facts(page, segment)),
        sections=tuple(_sections(page)),
        overlaps=overlaps(page),
        fees=fee_lines(page),
        instalments=tuple(
            box_of(held, held.right, page) for held in page.held if isinstance(held.right, Instalment)
        ),
        notices=notices(page),
        version=Version(catalog.settings.id, catalog.hash, as_of),
    )


def _reasons(page: Page) -> tuple[Text, ...]:
    """Why the product may not be sold; without a segment, only if no segment may have it."""
    found = refusals(page.catalog, page.product, page.as_of)
    if found:
        return tuple(dict.fromkeys(refusal.reason for refusal in found))
    if page.product.segment is None and not sellable_segments(page.catalog, page.product, page.as_of):
        return (Text("没有任何客群可以办理", "No group of customers may have it"),)
    return ()


def _title(page: Page) -> Text:
    """The bundle's name where the product is just that; else the card and its modules; campaigns after."""
    bundle = _bundle(page)
    if bundle is not None:
        parts = [bundle.name]
    else:
        parts = [page.card.name, *(module.name for module in page.modules)]
    parts += [page.catalog.campaigns[name].name for name in page.campaigns]
    return joined(parts, " + ", " + ")


def _bundle(page: Page) -> Bundle | None:
    """The bundle that the product is, no module more and none less."""
    return next((it for it in bundles_in(page) if set(it.modules) == set(page.product.modules)), None)


def _facts(page: Page, segment: Text | None) -> Iterator[Fact]:
    parts = [page.card.name, *(module.name for module in page.modules)]
    if page.modules and _bundle(page) is not None:
        yield Fact(labels.PARTS, joined(parts, " + ", " + "))
    if segment is not None:
        yield Fact(labels.SEGMENT, segment)
    age = page.card.minimum_age
    yield Fact(labels.HOLDER, Text(f"须满 {age} 周岁", f"aged {age} or older"))
    room = page.card.slots
    taken = sum(module.slots for module in page.modules)
    if room or taken:
        yield Fact(labels.SLOTS, Text(f"共 {room} 个，已用 {taken} 个", f"{taken} of {room} taken"))


def _sections(page: Page) -> Iterator[Section]:
    caps = shared_caps(page)
    lines: dict[tuple[str, str], list[RightLine]] = {}
    for held in page.held:
        line = right_line(held, page, caps.get(held.reference, ()))
        lines.setdefault((held.kind, held.holder.id), []).append(line)
    for kind, holder in page.holders:
        rights = tuple(lines.get((kind, holder.id), ()))
        if rights or kind in ("campaign", "module"):
            face: Holder = public_face(holder)
            yield Section(
                kind=kind,
                id=face.id,
                name=face.name,
                label=_label(kind, face, page),
                about=face.description if kind != "card" else None,
                facts=tuple(_section_facts(kind, face, page)),
                rights=rights,
            )


def _label(kind: str, face: Holder, page: Page) -> Text:
    label = labels.KINDS[kind]
    if isinstance(face, Module):
        group = page.catalog.settings.module_groups.get(face.group)
        return label if group is None else label + Text(f" · {group.name.zh}", f" · {group.name.en}")
    if isinstance(face, Card):
        tier = labels.TIERS[face.tier]
        return label if kind == "core" else label + Text(f" · {tier.zh}", f" · {tier.en}")
    if isinstance(face, Campaign):
        return label
    level = labels.LEVELS[face.level]
    return label + Text(f" · {level.zh}", f" · {level.en}")


def _section_facts(kind: str, face: Holder, page: Page) -> Iterator[Fact]:
    """When it may be had; of a campaign also who runs it, its time limits, its quota."""
    if isinstance(face, Campaign):
        state = campaign_state(page.catalog.campaigns[face.id], page.product.segment, page.as_of)
        if state is not None:
            yield Fact(labels.STATE, state, prominent=True)
        window = span(face.window.since, face.window.until)
        if window is not None:
            yield Fact(labels.WINDOW, window)
        yield Fact(labels.ORGANISER, face.organiser)
        for clock in face.clocks:
            yield Fact(labels.CLOCK, clock_text(clock))
        if face.quota is not None:
            with speaking_of(face.id):
                units = grouped(page.words.value(face.quota))
            quota = Text(f"整个活动共 {units} 份", f"{units} for the whole campaign")
            if first_come(face):
                quota += Text("，先到先得，领完为止", "; first come, first served, while they last")
            yield Fact(labels.QUOTA, quota)
    if face.valid is not None and kind != "card":
        on_sale = span(face.valid.since, face.valid.until)
        if on_sale is not None:
            yield Fact(labels.ON_SALE, on_sale)


def clock_text(clock: Clock) -> Text:
    """首笔消费：自核卡之日起 65 天内（含最后一天） / …: within 65 days of approval, the last day included."""
    start = START_EVENTS[clock.start]
    return Text(
        f"{clock.goal.zh}：自{start.zh}之日起 {clock.days} 天内（含最后一天）",
        f"{clock.goal.en}: within {clock.days} days of {start.en}, the last day included",
    )

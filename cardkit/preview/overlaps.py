"""Rights of a product that don't simply add up: which, why, and what they get at most together."""

from collections.abc import Iterator

from cardkit.ground.text import Text
from cardkit.mechanics.wording import limit_text
from cardkit.model.entity import active
from cardkit.model.interaction import Interaction
from cardkit.preview.held import Held, Page
from cardkit.preview.public import public_face
from cardkit.preview.rights import speaking_of
from cardkit.preview.sheet import Overlap
from cardkit.preview.wording import listed, quoted


def overlaps(page: Page) -> tuple[Overlap, ...]:
    """Every interaction group in force of which the page shows two rights or more."""
    return tuple(
        Overlap(tuple(dict.fromkeys(held.right.name for held in members)), group.reason, _cap(group, page))
        for group, members in _groups(page)
    )


def shared_caps(page: Page) -> dict[str, tuple[Text, ...]]:
    """Of each right with a cap that it shares: the cap, naming the others, to stand beside it."""
    found: dict[str, list[Text]] = {}
    for group, members in _groups(page):
        cap = _cap(group, page)
        if cap is not None:
            for held in members:
                others = listed([quoted(other.right.name) for other in members if other is not held])
                found.setdefault(held.reference, []).append(
                    Text(f"与{others.zh}合计{cap.zh}", f"{cap.en} together with {others.en}")
                )
    return {reference: tuple(caps) for reference, caps in found.items()}


def _groups(page: Page) -> Iterator[tuple[Interaction, list[Held]]]:
    shown = {held.reference: held for held in page.held}
    for group in page.catalog.interactions.values():
        if active(group, page.as_of):
            references = dict.fromkeys(map(page.resolved, group.members))
            members = [shown[reference] for reference in references if reference in shown]
            if len(members) > 1:
                yield public_face(group), members


def _cap(group: Interaction, page: Page) -> Text | None:
    if group.cap is None:
        return None
    with speaking_of(group.id):
        return limit_text(group.cap, page.words)

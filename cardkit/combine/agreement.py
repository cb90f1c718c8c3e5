"""Do engine and compiled schema say the same of a product? Where they don't, cardkit is at fault."""

from datetime import date
from functools import cached_property
from typing import NoReturn

import jsonschema_rs

from cardkit.combine.product_schema import NOT_EXPRESSED, document, product_schema
from cardkit.combine.sellable import refusals
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal


class Agreement:
    """The schema of a catalog on a day, compiled once, beside the engine."""

    def __init__(self, catalog: Catalog, as_of: date) -> None:
        self.catalog = catalog
        self.as_of = as_of
        self.schema = product_schema(catalog, as_of)
        self.not_expressed = frozenset(each["rule"] for each in self.schema[NOT_EXPRESSED])
        """The rules by which the schema may be more lenient."""

    @cached_property
    def _validator(self) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(self.schema, retriever=_refuse, validate_formats=False)

    def accepts(self, product: Product) -> bool:
        """Whether the schema accepts a product."""
        return self._validator.is_valid(document(product))

    def disagreement(self, product: Product) -> Text | None:
        """What the two say differently of a product, None where they agree."""
        found = refusals(self.catalog, product, self.as_of)
        accepted = self.accepts(product)
        if accepted == (not found):
            return None
        if not accepted:
            return Text(
                f"规则引擎认为 {product} 可售，编译出的 JSON Schema 却拒绝它",
                f"The engine accepts {product}, and the compiled JSON Schema refuses it",
            )
        return self._too_lenient(product, found)

    def _too_lenient(self, product: Product, found: tuple[Refusal, ...]) -> Text | None:
        missed = [refusal.rule for refusal in found if refusal.rule not in self.not_expressed]
        if not missed:
            return None
        rules = ", ".join(missed)
        return Text(
            f"规则引擎因 {rules} 拒绝 {product}，编译出的 JSON Schema 却接受它",
            f"The engine refuses {product} by {rules}, and the compiled JSON Schema accepts it",
        )


def _refuse(uri: str) -> NoReturn:
    """Nothing is ever fetched: neither from a network nor from a file."""
    raise ValueError(f"schemas are self-contained; {uri} is not fetched")

"""The kinds of entity there are: their folders, their records, their names. Add one here."""

from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import Shape
from cardkit.ground.shape.composite import Record
from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.interaction import Interaction
from cardkit.model.law import Law
from cardkit.model.module import Module
from cardkit.model.partner import Partner
from cardkit.model.rule.registry import RULE
from cardkit.model.saved_product import SavedProduct
from cardkit.model.segment import Segment
from cardkit.model.service import ServiceTier


@frozen
class Kind:
    """A kind of entity: the word in `kind:`, the folder of its files, and what a file looks like."""

    word: str
    folder: str
    shape: Shape
    name: Text


KINDS: tuple[Kind, ...] = (
    Kind("card", "cards", Record(Card), Text("基础卡", "card")),
    Kind("module", "modules", Record(Module), Text("权益模块", "module")),
    Kind("bundle", "bundles", Record(Bundle), Text("组合", "bundle")),
    Kind("segment", "segments", Record(Segment), Text("客群", "segment")),
    Kind("partner", "partners", Record(Partner), Text("合作方", "partner")),
    Kind("campaign", "campaigns", Record(Campaign), Text("活动", "campaign")),
    Kind("service", "services", Record(ServiceTier), Text("服务层级", "service tier")),
    Kind("rule", "rules", RULE, Text("规则", "rule")),
    Kind("interaction", "rules", Record(Interaction), Text("相互作用组", "interaction group")),
    Kind("product", "products", Record(SavedProduct), Text("保存的产品", "saved product")),
    Kind("law", "law", Record(Law), Text("法规", "law")),
)

KIND_OF_WORD = {kind.word: kind for kind in KINDS}
FOLDERS = tuple(dict.fromkeys(kind.folder for kind in KINDS))

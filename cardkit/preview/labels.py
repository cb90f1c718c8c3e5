"""Headings and labels of a sheet, the same in every format."""

from cardkit.ground.text import Text

# beside a right
HIGHEST_RATE = Text("最高年化利率", "Highest annual rate")
CONDITIONS = Text("限制条件", "Conditions")
PLACE = Text("适用范围", "Where")
VALIDITY = Text("有效期", "Valid")
HOW = Text("获取方式", "How to get")
WHO = Text("享有人", "Who")
SHARING = Text("家人共享", "Sharing")
QUOTA = Text("名额", "Quota")
EXCLUSIONS = Text("除外", "Excluded")

# beside a product, module or campaign
PARTS = Text("组合内容", "Made of")
SEGMENT = Text("面向客群", "For")
HOLDER = Text("主卡申请", "Main holder")
SLOTS = Text("模块槽位", "Slots")
ON_SALE = Text("可办理期", "On sale")
WINDOW = Text("活动期", "Campaign")
ORGANISER = Text("主办方", "Organiser")
CLOCK = Text("时限", "Time limit")
STATE = Text("状态", "Status")

# parts of a page
NOT_FOR_SALE = Text("此组合不可销售", "This combination may not be sold")
OVERLAPS = Text("权益怎样一起使用", "How rights work together")
TOGETHER = Text("合计上限", "Cap together")
FEES = Text("费用", "Fees")
INSTALMENTS = Text("分期利息", "Interest on instalments")
NOTICES = Text("须知", "Please note")
VERSION = Text("版本", "Version")

# columns
FEE = Text("项目", "What")
AMOUNT = Text("金额", "Amount")
NOTE = Text("减免与变更", "Waivers and changes")
MONTHS = Text("期数（月）", "Months")
SIMPLE = Text("年化利率（单利）", "Annual rate, simple")
COMPOUND = Text("年化利率（复利）", "Annual rate, compound")
PER_PERIOD = Text("每期利息占本金", "Interest a month")
INTEREST = Text("利息合计", "Interest in all")

KINDS = {
    "campaign": Text("活动", "Campaign"),
    "core": Text("核心权益 · 始终包含", "Core rights · always included"),
    "card": Text("卡片权益", "Rights of the card"),
    "module": Text("权益模块", "Rights module"),
    "service": Text("服务", "Service"),
}

TIERS = {
    "standard": Text("标准卡", "standard"),
    "gold": Text("金卡", "gold"),
    "platinum": Text("白金卡", "platinum"),
    "black": Text("黑金卡", "black"),
}

LEVELS = {
    "basic": Text("基础", "basic"),
    "value-added": Text("增值", "value-added"),
    "bespoke": Text("定制", "bespoke"),
}

ENROLMENT = {
    "automatic": Text("自动享有，无需报名", "automatic, nothing to do"),
    "register": Text("先报名，再享有", "register first"),
    "claim": Text("每次须先领取", "claim it each time"),
}

REDEMPTION = Text("无需报名", "no registration")
"""How to get what nobody is simply given: points are exchanged when their owner wants."""

PAID_WITH_POINTS = Text("年费入账后由您选择", "your choice, once the annual fee is billed")
"""How to pay the annual fee with points."""

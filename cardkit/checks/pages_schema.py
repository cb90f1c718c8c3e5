"""CK1: the pages of what is found against the schema. The findings are there already; see source/."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Finding
from cardkit.source import schema_codes as codes


@check(codes.UNKNOWN_KEY)
def unknown_key(checking: Checking) -> Iterable[Finding]:
    """A key is unknown.

    没有这个键。

    Why: It would be silently ignored, so that a value that someone wrote never counts.
    为什么：它会被悄悄忽略，写下的值永远不起作用。
    Bad (modules/pet-care.yaml):
        slot: 2 # here
    Good (modules/pet-care.yaml):
        slots: 2
    Source: docs/format.md
    """
    return checking.found(codes.UNKNOWN_KEY)


@check(codes.MISSING_KEY)
def missing_key(checking: Checking) -> Iterable[Finding]:
    """A key that must be there is missing.

    缺少必须有的键。

    Why: Missing is not zero: nothing can be priced or shown from what isn't there.
    为什么：空缺不等于零：没有写的东西无法定价，也无法展示。
    Bad (modules/pet-care.yaml):
        # no price
    Good (modules/pet-care.yaml):
        price: 0
    Source: practice of card centres 信用卡中心实务
    """
    return checking.found(codes.MISSING_KEY)


@check(codes.WRONG_TYPE)
def wrong_type(checking: Checking) -> Iterable[Finding]:
    """A value is of the wrong type.

    值的类型不对。

    Why: A text can't be added up, and a number can't be read as a rate.
    为什么：文字不能相加，数字也不能当比率读。
    Bad (modules/pet-care.yaml):
        price: "60" # here
    Good (modules/pet-care.yaml):
        price: 60
    Source: docs/format.md
    """
    return checking.found(codes.WRONG_TYPE)


@check(codes.UNKNOWN_WORD)
def unknown_word(checking: Checking) -> Iterable[Finding]:
    """A word is none of those that may stand here.

    这里不能写这个词。

    Why: Only these words have a meaning; any other would be nobody's.
    为什么：只有列出的词有含义，其他词没有意义。
    Bad (modules/pet-care.yaml):
        status: lve # here
    Good (modules/pet-care.yaml):
        status: live
    Source: docs/format.md
    """
    return checking.found(codes.UNKNOWN_WORD)


@check(codes.WRONG_FORM)
def wrong_form(checking: Checking) -> Iterable[Finding]:
    """A value is not written in its form.

    值的写法不对。

    Why: A rate carries its sign and a date is written year-month-day, so that nobody can read 0.45 as
        45 % or March as the third day.
    为什么：比率带百分号，日期写年-月-日，0.45 才不会被读成 45%，月和日也不会弄反。
    Bad (partners/paws-clinics.yaml):
        contract: {from: 2026/01/01, until: 2029-12-31} # here
    Good (partners/paws-clinics.yaml):
        contract: {from: 2026-01-01, until: 2029-12-31}
    Source: docs/format.md
    """
    return checking.found(codes.WRONG_FORM)


@check(codes.OUT_OF_BOUNDS)
def out_of_bounds(checking: Checking) -> Iterable[Finding]:
    """A number is outside its bounds.

    数字超出范围。

    Why: A negative price or eleven slots is always a slip.
    为什么：负的价格或十一个槽位，总是笔误。
    Bad (modules/pet-care.yaml):
        price: -60 # here
    Good (modules/pet-care.yaml):
        price: 60
    Source: docs/format.md
    """
    return checking.found(codes.OUT_OF_BOUNDS)


@check(codes.TOO_FEW)
def too_few(checking: Checking) -> Iterable[Finding]:
    """A list or text is empty where something must stand.

    列表或文本是空的，这里必须有内容。

    Why: An empty list of segments would mean nobody, where leaving the key out means everybody.
    为什么：空的客群列表等于谁都不给，而不写这个键表示全部。
    Bad (modules/pet-care.yaml):
        eligible_segments: [] # here
    Good (modules/pet-care.yaml):
        eligible_segments: [gen-z, senior]
    Source: docs/format.md
    """
    return checking.found(codes.TOO_FEW)


@check(codes.TOO_MANY)
def too_many(checking: Checking) -> Iterable[Finding]:
    """A list or text is longer than it may be.

    列表或文本太长。

    Why: A group has at most six members, so that each of its subsets can be priced exactly.
    为什么：相互作用组最多六个成员，每个子集才能精确定价。
    Bad (modules/pet-care.yaml):
        owner: >- # here
            a team whose name goes on and on, well beyond the hundred characters that fit the tables
            in which owners are shown
    Good (modules/pet-care.yaml):
        owner: family-team
    Source: docs/architecture.md
    """
    return checking.found(codes.TOO_MANY)


@check(codes.WRONG_VALUE)
def wrong_value(checking: Checking) -> Iterable[Finding]:
    """A value has the right form and can't be right.

    写法没错，值不可能对。

    Why: A 31 February, a third decimal of a price, keys that contradict each other: no schema sees
        these.
    为什么：2 月 31 日、价格的第三位小数、互相矛盾的键：这些靠模式看不出来。
    Bad (modules/pet-care.yaml):
        price: 60.005 # here
    Good (modules/pet-care.yaml):
        price: 60.05
    Source: docs/format.md
    """
    return checking.found(codes.WRONG_VALUE)


@check(codes.UNKNOWN_KIND)
def unknown_kind(checking: Checking) -> Iterable[Finding]:
    """There is no such kind of entity.

    没有这种实体类型。

    Why: The kind decides what a file looks like; the folder says which was meant.
    为什么：kind 决定文件的样子；文件夹说明本来是哪一种。
    Bad (partners/paws-clinics.yaml):
        kind: parnter # here
    Good (partners/paws-clinics.yaml):
        kind: partner
    Source: docs/format.md
    """
    return checking.found(codes.UNKNOWN_KIND)


@check(codes.WRONG_FOLDER)
def wrong_folder(checking: Checking) -> Iterable[Finding]:
    """A file lies in the wrong folder.

    文件放错了文件夹。

    Why: Each kind has its folder, so that a pull request reads as what it changes.
    为什么：每类实体有自己的文件夹，评审才看得出改了什么。
    Bad (notes/todo.yaml):
        title: later # here
    Good (rules/care-budget.yaml):
        kind: rule
    Source: docs/format.md
    """
    return checking.found(codes.WRONG_FOLDER)


@check(codes.ID_IS_NOT_FILE_NAME)
def id_is_not_file_name(checking: Checking) -> Iterable[Finding]:
    """An id differs from its file's name.

    id 与文件名不一致。

    Why: Whoever looks for an id looks for the file of that name.
    为什么：找一个 id，就是找同名的文件。
    Bad (rules/care-budget.yaml):
        id: care-limit # here
    Good (rules/care-budget.yaml):
        id: care-budget
    Source: docs/format.md
    """
    return checking.found(codes.ID_IS_NOT_FILE_NAME)

"""What the strict reader refuses, in both languages. Where it stands is the reader's business."""

from cardkit.ground.text import Text
from cardkit.source import codes
from cardkit.source.characters import character_name, quoted, reason
from cardkit.source.faults import Refusal
from cardkit.source.scalars import Ambiguous

MOST_BYTES = 1_000_000
DEEPEST = 64
MOST_VALUES = 200_000
LONGEST_SCALAR = 64_000

ALIAS = Refusal(
    codes.ALIAS,
    Text(
        "锚点（&）和别名（*）不允许：读者在别处看不出值从哪里来，嵌套的别名还能让程序停住。",
        "Anchors (&) and aliases (*) are not allowed: a reader of the alias can't see the value, "
        "and nested ones can stop a program.",
    ),
    Text(
        "把值写出来；文本以 & 或 * 开头就加引号。",
        "Write the value out; put a text that begins with & or * in quotes.",
    ),
)
TAG = Refusal(
    codes.TAG,
    Text(
        "标签（!）不允许：值的类型由它的写法决定。",
        "Tags (!) are not allowed: how a value is written decides its type.",
    ),
    Text(
        "删掉标签；文本以 ! 开头就加引号。",
        "Remove the tag; put a text that begins with ! in quotes.",
    ),
)
DIRECTIVE = Refusal(
    codes.DIRECTIVE,
    Text(
        "YAML 指令（%）不允许：所有文件读法相同。",
        "Directives (%) are not allowed: all files are read the same way.",
    ),
    Text("删掉这一行。", "Remove the line."),
)
MERGE_KEY = Refusal(
    codes.MERGE_KEY,
    Text(
        "合并键 << 不允许：读者看不出哪些值被带了进来。",
        "The merge key << is not allowed: a reader can't see which values it brings in.",
    ),
    Text("把需要的键逐一写出来。", "Write out the keys that you need."),
)
SECOND_DOCUMENT = Refusal(
    codes.SEVERAL_DOCUMENTS,
    Text(
        "这里开始第二个文档；一个文件只能有一个，后面的会丢失。",
        "A second document begins here; a file holds one, and this would be lost.",
    ),
    Text("放进单独的文件，或删掉 ---。", "Put it into a file of its own, or remove the ---."),
)
COMPLEX_KEY = Refusal(
    codes.KEY_NOT_TEXT,
    Text("键不能是列表或映射。", "A key can't be a list or a mapping."),
    Text("写成“文本: 值”。", 'Write "text: value".'),
)
EMPTY_DOCUMENT = Refusal(
    codes.EMPTY_DOCUMENT,
    Text("文件是空的，或只有注释。", "The file is empty, or holds nothing but comments."),
    Text("写上内容，或删掉文件。", "Fill it, or remove the file."),
)
ROOT_NOT_MAPPING = Refusal(
    codes.ROOT_NOT_MAPPING,
    Text(
        "文件最外层必须是“键: 值”的映射。",
        'The outermost level of a file must be a mapping of "key: value".',
    ),
    Text("冒号后面要有空格，例如 id: gold。", "Put a space after each colon, as in id: gold."),
)
TOO_DEEP = Refusal(
    codes.TOO_DEEP,
    Text(f"嵌套超过 {DEEPEST} 层。", f"Values are nested more than {DEEPEST} levels deep."),
    Text("检查是否多了括号。", "Look for brackets too many."),
)
TOO_MANY_VALUES = Refusal(
    codes.TOO_MANY_VALUES,
    Text(f"文件里的值超过 {MOST_VALUES} 个。", f"The file holds more than {MOST_VALUES} values."),
    Text("把内容分到几个文件。", "Divide the content between several files."),
)
SCALAR_TOO_LONG = Refusal(
    codes.SCALAR_TOO_LONG,
    Text(
        f"这段文本超过 {LONGEST_SCALAR} 个字符。",
        f"This text is longer than {LONGEST_SCALAR} characters.",
    ),
    Text("缩短它，或放到目录之外。", "Shorten it, or keep it outside the catalog."),
)
FILE_TOO_LARGE = Refusal(
    codes.FILE_TOO_LARGE,
    Text(
        f"文件超过 {MOST_BYTES // 1_000_000} MB。",
        f"The file is larger than {MOST_BYTES // 1_000_000} MB.",
    ),
    Text("每个文件只写一个实体。", "Keep one entity in a file."),
)


def not_utf8(byte: int, hint: Text) -> Refusal:
    """A byte that can't stand where it stands in UTF-8."""
    message = Text(f"这里的字节 0x{byte:02X} 不是 UTF-8。", f"The byte 0x{byte:02X} here is not UTF-8.")
    return Refusal(codes.NOT_UTF8, message, hint)


def zero_bytes(hint: Text) -> Refusal:
    """UTF-16 or UTF-32 without a mark, which is formally UTF-8 with zero bytes."""
    message = Text(
        "文件里满是空字节，不是 UTF-8 文本。",
        "The file is full of zero bytes: it is no UTF-8 text.",
    )
    return Refusal(codes.NOT_UTF8, message, hint)


def forbidden_character(character: str) -> Refusal:
    """A character that nobody would see, or would see in the wrong place."""
    name, why = character_name(character), reason(character)
    message = Text(f"不允许的字符 {name}：{why.zh}。", f"The character {name} is not allowed: {why.en}.")
    return Refusal(codes.FORBIDDEN_CHARACTER, message, Text("删掉这个字符。", "Remove the character."))


def ambiguous_value(ambiguous: Ambiguous) -> Refusal:
    """An unquoted value that YAML versions read differently."""
    shown, why = quoted(ambiguous.text), ambiguous.why
    message = Text(f"没有引号的 {shown}：{why.zh}。", f"{shown} without quotes: {why.en}.")
    return Refusal(codes.AMBIGUOUS_SCALAR, message, ambiguous.hint)


def ambiguous_key(ambiguous: Ambiguous) -> Refusal:
    """An unquoted key that YAML versions read differently."""
    shown, why = quoted(ambiguous.text), ambiguous.why
    message = Text(f"没有引号的键 {shown}：{why.zh}。", f"The key {shown} without quotes: {why.en}.")
    hint = Text(f'把键加上引号："{shown}":', f'Put the key in quotes: "{shown}":')
    return Refusal(codes.AMBIGUOUS_SCALAR, message, hint)


def key_not_text(key: str) -> Refusal:
    """An unquoted key that is a number, true, false or nothing."""
    if not key:
        return Refusal(
            codes.KEY_NOT_TEXT,
            Text("冒号前面没有键。", "There is no key before the colon."),
            Text("写上键，或删掉这一行。", "Write the key, or remove the line."),
        )
    shown = quoted(key)
    message = Text(
        f"没有引号的键 {shown} 不是文本，键必须是文本。",
        f"The key {shown} without quotes is no text; keys must be texts.",
    )
    return Refusal(
        codes.KEY_NOT_TEXT, message, Text(f'加上引号："{shown}":', f'Put it in quotes: "{shown}":')
    )


def key_of_several_lines(key: str) -> Refusal:
    """A key with line breaks or tabs: it looks like another key, and passes patterns meant for one line."""
    shown = quoted(key)
    message = Text(f"键 {shown} 里有换行或制表符。", f"The key {shown} holds a line break or a tab.")
    return Refusal(
        codes.KEY_NOT_TEXT, message, Text("键只用一行文本。", "Keep a key to one line, without tabs.")
    )


def duplicate_key(key: str, first: str) -> Refusal:
    """A key that is there already, spelled the same or composed differently."""
    shown = quoted(key)
    message = Text(
        f"键 {shown} 写了两次，只有一个会生效。",
        f"The key {shown} is written twice; only one can count.",
    )
    if first != key:
        message = Text(
            f"键 {shown} 和另一个键是同一个文本，只是 Unicode 写法不同。",
            f"The key {shown} is the same text as another key, only composed differently in Unicode.",
        )
    return Refusal(codes.DUPLICATE_KEY, message, Text("删掉其中一个。", "Remove one of them."))

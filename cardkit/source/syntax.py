"""What libyaml says about a text that isn't YAML, in words that help."""

import re

import yaml

from cardkit.ground.finding import Code, Span
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.source import codes, refusals
from cardkit.source.characters import quoted
from cardkit.source.faults import Refusal, Stop


@frozen
class _Saying:
    """Our words for one of libyaml's; `at_start` points at what was opened and never closed."""

    problem: str
    message: Text
    hint: Text
    code: Code = codes.SYNTAX
    at_start: bool = False


_QUOTES = Text('给整段文本加上引号："…"。', 'Put the whole text in quotes: "…".')
_TAB = Text("这里用制表符缩进，YAML 只认空格。", "A tab stands here as indentation; YAML takes only spaces.")
_SPACES = Text("改用空格缩进，每层两个。", "Indent with spaces, two for each level.")
_INDENTATION = Text(
    "检查这一行的缩进，以及上一行的引号或括号后面是否多了东西。",
    "Check the indentation of this line, and whether something follows a quote or bracket above it.",
)
_OPENED = Text(
    "补上收尾的括号，或检查各项之间的逗号。",
    "Add the closing bracket, or check the commas between the entries.",
)

_SAYINGS = (
    _Saying("found a tab character", _TAB, _SPACES),
    _Saying(
        "mapping values are not allowed",
        Text(
            "这里不能再出现“键: 值”：一行里有两个冒号，或者缩进不对。",
            'No "key: value" can stand here: the line has a second colon, or its indentation is off.',
        ),
        Text('文本里有冒号就加引号："a: b"。', 'Put a text that holds a colon in quotes: "a: b".'),
    ),
    _Saying(
        "block sequence entries are not allowed",
        Text("列表的“-”不能从这里开始。", 'A list entry "-" can\'t begin here.'),
        Text("把“-”写到下一行并缩进。", 'Write the "-" on the next line, indented.'),
    ),
    _Saying(
        "mapping keys are not allowed",
        Text("这里不能以“?”开始一个键。", 'No key can begin with "?" here.'),
        _QUOTES,
    ),
    _Saying(
        "could not find expected ':'",
        Text(
            "这一行既不是“键: 值”，也不属于上一行的文本。",
            'This line is no "key: value" and belongs to no text above it.',
        ),
        Text(
            "写成“键: 值”（冒号后有空格），或把续行缩进。",
            'Write "key: value" (with a space after the colon), or indent it to continue the text above.',
        ),
        at_start=True,
    ),
    _Saying(
        "did not find expected ',' or ']'",
        Text(
            "从这里开始的 [ 列表没有收尾，或者缺逗号。",
            "The list that begins with this [ isn't closed, or lacks a comma.",
        ),
        _OPENED,
        at_start=True,
    ),
    _Saying(
        "did not find expected ',' or '}'",
        Text(
            "从这里开始的 { 映射没有收尾，或者缺逗号。",
            "The mapping that begins with this { isn't closed, or lacks a comma.",
        ),
        _OPENED,
        at_start=True,
    ),
    _Saying(
        "found unexpected end of stream",
        Text("从这里开始的引号没有收尾。", "The quote that begins here isn't closed."),
        Text("补上收尾的引号。", "Add the closing quote."),
        at_start=True,
    ),
    _Saying(
        "found unexpected document indicator",
        Text(
            "从这里开始的引号到文档分隔行还没有收尾。",
            "The quote that begins here isn't closed before a document marker.",
        ),
        Text("补上收尾的引号。", "Add the closing quote."),
        at_start=True,
    ),
    _Saying(
        "did not find expected key",
        Text("这一行和上面的映射对不上。", "This line doesn't fit the mapping above it."),
        _INDENTATION,
    ),
    _Saying(
        "did not find expected '-' indicator",
        Text("这一行和上面的列表对不上。", "This line doesn't fit the list above it."),
        _INDENTATION,
    ),
    _Saying(
        "found unknown escape character",
        Text(
            "双引号里的反斜杠后面不是 YAML 的转义字符。",
            "The backslash in double quotes begins no escape that YAML knows.",
        ),
        Text("反斜杠写两次，或改用单引号。", "Write the backslash twice, or use single quotes."),
    ),
    _Saying(
        "found invalid Unicode character escape code",
        Text("这个转义不是 Unicode 字符（代理码）。", "This escape is no Unicode character (a surrogate)."),
        Text("直接写出这个字符。", "Write the character itself."),
        codes.FORBIDDEN_CHARACTER,
    ),
    _Saying(
        "did not find expected hexdecimal number",
        Text("这个转义缺少十六进制数字。", "This escape lacks hexadecimal digits."),
        Text("直接写出这个字符，或反斜杠写两次。", "Write the character itself, or the backslash twice."),
    ),
    _Saying(
        "did not find expected comment or line break",
        Text(
            "| 或 > 后面只能是缩进提示、换行或注释。",
            "Only an indentation indicator, a comment or a line break may follow | or >.",
        ),
        Text("文本从下一行开始写。", "Begin the text on the next line."),
    ),
    _Saying(
        "found unexpected ':'",
        Text("括号里的文本含有冒号。", "A text inside brackets holds a colon."),
        _QUOTES,
    ),
    _Saying(
        "found an indentation indicator equal to 0",
        Text("| 或 > 后面的缩进提示不能是 0。", "The indentation indicator after | or > can't be 0."),
        Text("写 1 到 9，或省略。", "Write 1 to 9, or leave it out."),
    ),
    _Saying(
        "did not find expected <document start>",
        Text(
            "文档在上面已经结束，这里却还有内容。",
            "The document ended above, and yet something follows here.",
        ),
        Text(
            "删掉多出来的部分；每个文件只写一个文档。", "Remove what is left over; a file holds one document."
        ),
    ),
    _Saying(
        "did not find expected node content",
        Text("这里应该有一个值。", "A value was expected here."),
        Text("写上值，或删掉多余的逗号。", "Write the value, or remove the comma too many."),
    ),
    _Saying(
        "found undefined tag handle",
        Text(
            "这个标签没有定义，目录文件里也不允许标签。",
            "This tag is undefined, and catalogs hold no tags anyway.",
        ),
        Text("删掉标签；文本以 ! 开头就加引号。", "Remove the tag; put a text that begins with ! in quotes."),
        codes.TAG,
    ),
)
_DIRECTIVE = re.compile("directive|incompatible YAML document|%(?:YAML|TAG)")
_ALIAS = re.compile("an alias|an anchor")
_TAG = re.compile("a tag")
_CANNOT_START = "cannot start any token"


def explained(text: str, error: yaml.YAMLError) -> Stop:
    """Our words for libyaml's error about this text."""
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    lines = text.split("\n")
    here = _span(lines, getattr(error, "problem_mark", None))
    if _CANNOT_START in problem:
        return _cannot_start(lines, here)
    # A directive, an alias and a tag are refused whatever their syntax is.
    both = f"{context} {problem}"
    if _DIRECTIVE.search(both):
        return Stop(here, refusals.DIRECTIVE)
    if _ALIAS.search(context):
        return Stop(here, refusals.ALIAS)
    for saying in _SAYINGS:
        if saying.problem in problem:
            start = getattr(error, "context_mark", None) if saying.at_start else None
            span = here if start is None else _span(lines, start)
            return Stop(span, Refusal(saying.code, saying.message, saying.hint))
    if _TAG.search(context):
        return Stop(here, refusals.TAG)
    shown = quoted(f"{context}: {problem}" if context else problem)
    message = Text(
        f"这里不是合法的 YAML（libyaml：{shown}）。", f"This is not valid YAML (libyaml: {shown})."
    )
    return Stop(here, Refusal(codes.SYNTAX, message, _INDENTATION))


def _cannot_start(lines: list[str], here: Span) -> Stop:
    character = lines[here.line - 1][here.column - 1 : here.column]
    if character == "\t":
        return Stop(here, Refusal(codes.SYNTAX, _TAB, _SPACES))
    shown = quoted(character)
    message = Text(
        f"没有引号的文本不能以 {shown} 开头：YAML 保留了这个字符。",
        f"A text without quotes can't begin with {shown}: YAML reserves that character.",
    )
    return Stop(here, Refusal(codes.SYNTAX, message, _QUOTES))


def _span(lines: list[str], mark: yaml.Mark | None) -> Span:
    """One character at a mark; a mark past the end of the text becomes the end of its last line."""
    if mark is None:
        return Span(1, 1, 1, 2)
    last = len(lines) if lines[-1] or len(lines) == 1 else len(lines) - 1
    if mark.line >= last:
        column = len(lines[last - 1]) + 1
        return Span(last, column, last, column + 1)
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def lookalike(text: str) -> Stop | None:
    """What a text that is no catalog file looks like: a conflict, an LFS pointer, a web page."""
    if text.startswith("version https://git-lfs.github.com/spec/"):
        message = Text(
            "这是 Git LFS 的指针，不是文件内容。", "This is a Git LFS pointer, not the content of the file."
        )
        hint = Text(
            "运行 git lfs pull，或不要用 LFS 存放目录文件。", "Run git lfs pull, or keep catalogs out of LFS."
        )
        return Stop(Span(1, 1, 1, 8), Refusal(codes.LFS_POINTER, message, hint))
    page = re.match(r"\s{0,1000}<(?:!doctype\s|html|head|body|\?xml)", text, re.IGNORECASE)
    if page is not None:
        line = text.count("\n", 0, page.end()) + 1
        message = Text(
            "这是一个网页（HTML），多半是下载失败的错误页面。",
            "This is a web page (HTML), most likely the error page of a failed download.",
        )
        hint = Text("重新取得 YAML 文件本身。", "Fetch the YAML file itself again.")
        return Stop(Span(line, 1, line, 2), Refusal(codes.HTML_PAGE, message, hint))
    conflict = re.search(r"^(?:<{7}|>{7})(?: |$)|^={7}\r?$", text, re.MULTILINE)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        message = Text("Git 合并冲突还没有解决。", "A git merge conflict has not been resolved.")
        hint = Text(
            "留下要的一边，删掉 <<<<<<<、=======、>>>>>>> 三行。",
            "Keep one side; remove <<<<<<<, ======= and >>>>>>>.",
        )
        return Stop(Span(line, 1, line, 8), Refusal(codes.CONFLICT_MARKER, message, hint))
    return None

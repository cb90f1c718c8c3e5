"""CK0: the pages of what is found while files are read. The findings are there already; see source/."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Finding
from cardkit.source import codes


@check(codes.NOT_UTF8)
def not_utf8(checking: Checking) -> Iterable[Finding]:
    """A file is not written in UTF-8.

    文件不是 UTF-8 编码。

    Why: The same bytes would be other characters elsewhere: a Chinese name becomes garbage on a
        customer's page.
    为什么：同样的字节换个地方就成了别的字：客户页面上的中文会变成乱码。
    Bad:
        a file saved as GBK or UTF-16
        另存为 GBK 或 UTF-16 的文件
    Good:
        the same file saved as UTF-8, with or without a byte order mark
        另存为 UTF-8 的同一个文件，有无字节序标记都行
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.NOT_UTF8)


@check(codes.SYNTAX)
def syntax(checking: Checking) -> Iterable[Finding]:
    """A file is not YAML.

    文件不是合法的 YAML。

    Why: Nothing in the file can be used until it can be read.
    为什么：读不出来，文件里的一切都用不上。
    Bad (whole file rules/care-budget.yaml):
        id: care-budget
        reason: [one, two # here
        most: 4
    Good (rules/care-budget.yaml):
        most: 4
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.SYNTAX)


@check(codes.DUPLICATE_KEY)
def duplicate_key(checking: Checking) -> Iterable[Finding]:
    """A key is written twice.

    同一个键写了两次。

    Why: YAML programs silently take the last one, so one of the two values is never used and nobody is
        told.
    为什么：YAML 程序会悄悄取最后一个，另一个值永远不起作用，也没人知道。
    Bad (rules/care-budget.yaml):
        reason:
          zh: 照护资源有限
          zh: 资源有限 # here
          en: care is scarce
    Good (rules/care-budget.yaml):
        reason:
          zh: 照护资源有限
          en: care is scarce
    Source: docs/format.md
    """
    return checking.found(codes.DUPLICATE_KEY)


@check(codes.AMBIGUOUS_SCALAR)
def ambiguous_scalar(checking: Checking) -> Iterable[Finding]:
    """An unquoted value means different things to different YAML readers.

    没有引号的值，不同的 YAML 版本读法不同。

    Why: `no` may be a text or false, `1:30` a text or 90, `010` ten or eight: the value would change
        with the program that reads it.
    为什么：`no` 可能是文字也可能是 false，`1:30` 可能是 90，`010` 可能是 8：换个程序，
        值就变了。
    Bad (rules/care-budget.yaml):
        owner: no # here
    Good (rules/care-budget.yaml):
        owner: "no"
    Source: docs/format.md
    """
    return checking.found(codes.AMBIGUOUS_SCALAR)


@check(codes.ALIAS)
def alias(checking: Checking) -> Iterable[Finding]:
    """Anchors and aliases are not allowed.

    不允许锚点和别名。

    Why: A reader of the alias can't see the value, and a few nested ones can stop a program.
    为什么：读到别名的人看不见值，几层嵌套就能让程序停住。
    Bad (rules/care-budget.yaml):
        owner: &team family-team # here
    Good (rules/care-budget.yaml):
        owner: family-team
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.ALIAS)


@check(codes.TAG)
def tag(checking: Checking) -> Iterable[Finding]:
    """Tags are not allowed.

    不允许标签。

    Why: How a value is written decides its type; a tag would make it something that isn't seen.
    为什么：值的类型由写法决定；标签会让它变成看不出来的东西。
    Bad (rules/care-budget.yaml):
        owner: !!str family-team # here
    Good (rules/care-budget.yaml):
        owner: family-team
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.TAG)


@check(codes.FORBIDDEN_CHARACTER)
def forbidden_character(checking: Checking) -> Iterable[Finding]:
    r"""A text holds a character that nobody sees, or that moves others.

    文本里有看不见的字符，或会移动其他文字的字符。

    Why: What a reviewer sees would not be what the file says: a line separator can set a key that no
        pull request shows.
    为什么：评审看到的和文件写的不一样：行分隔符能写进一个谁也看不到的键。
    Bad (rules/care-budget.yaml):
        owner: "family\u202Eteam" # here
    Good (rules/care-budget.yaml):
        owner: family-team
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.FORBIDDEN_CHARACTER)


@check(codes.MERGE_KEY)
def merge_key(checking: Checking) -> Iterable[Finding]:
    """Merge keys are not allowed.

    不允许合并键。

    Why: A reader can't see which values it brings in.
    为什么：读者看不出它带进了哪些值。
    Bad (rules/care-budget.yaml):
        reason:
          zh: 照护资源有限
          en: care is scarce
          <<: {en: scarce} # here
    Good (rules/care-budget.yaml):
        reason:
          zh: 照护资源有限
          en: care is scarce
    Source: docs/format.md
    """
    return checking.found(codes.MERGE_KEY)


@check(codes.DIRECTIVE)
def directive(checking: Checking) -> Iterable[Finding]:
    """Directives are not allowed.

    不允许 YAML 指令。

    Why: A directive changes how the file is read; all files of a catalog are read the same way.
    为什么：指令会改变文件的读法；目录里的文件都用同一种读法。
    Bad (whole file rules/care-budget.yaml):
        %YAML 1.1
        ---
        kind: rule
        id: care-budget
        name: {zh: 照护额度, en: Care budget}
        owner: family-team
        rule: budget
        attribute: points-of-care
        most: 4
        reason: {zh: 照护资源有限, en: care is scarce}
    Good (rules/care-budget.yaml):
        most: 4
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.DIRECTIVE)


@check(codes.SEVERAL_DOCUMENTS)
def several_documents(checking: Checking) -> Iterable[Finding]:
    """A file holds more than one document.

    一个文件里有多个文档。

    Why: A file is one entity, so that a pull request reads as what it changes; the second document
        would be lost.
    为什么：一个文件一个实体，评审才看得出改了什么；第二个文档会丢失。
    Bad (whole file rules/care-budget.yaml):
        kind: rule
        id: care-budget
        name: {zh: 照护额度, en: Care budget}
        owner: family-team
        rule: budget
        attribute: points-of-care
        most: 4
        reason: {zh: 照护资源有限, en: care is scarce}
        ---
        most: 5
    Good (rules/care-budget.yaml):
        most: 4
    Source: docs/format.md
    """
    return checking.found(codes.SEVERAL_DOCUMENTS)


@check(codes.KEY_NOT_TEXT)
def key_not_text(checking: Checking) -> Iterable[Finding]:
    """A key is not a text on one line.

    键不是单行文本。

    Why: Keys that are numbers, lists or empty mean different things to different programs.
    为什么：数字、列表或空的键，各程序的理解不同。
    Bad (rules/care-budget.yaml):
        reason:
          zh: 照护资源有限
          en: care is scarce
          [a]: scarce # here
    Good (rules/care-budget.yaml):
        reason:
          zh: 照护资源有限
          en: care is scarce
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.KEY_NOT_TEXT)


@check(codes.EMPTY_DOCUMENT)
def empty_document(checking: Checking) -> Iterable[Finding]:
    """A file is empty.

    文件是空的。

    Why: An empty file looks like an entity that is there, and is none.
    为什么：空文件看起来像有一个实体，其实没有。
    Bad (whole file rules/care-budget.yaml):
        # to be written
    Good (rules/care-budget.yaml):
        most: 4
    Source: docs/format.md
    """
    return checking.found(codes.EMPTY_DOCUMENT)


@check(codes.ROOT_NOT_MAPPING)
def root_not_mapping(checking: Checking) -> Iterable[Finding]:
    """The outermost level of a file is not a mapping.

    文件最外层不是键值映射。

    Why: An entity is a mapping of keys to values; most often the space after a colon is missing.
    为什么：实体是键到值的映射；多半是冒号后面漏了空格。
    Bad (whole file rules/care-budget.yaml):
        id:care-budget # here
    Good (rules/care-budget.yaml):
        most: 4
    Source: docs/format.md
    """
    return checking.found(codes.ROOT_NOT_MAPPING)


@check(codes.FILE_TOO_LARGE)
def file_too_large(checking: Checking) -> Iterable[Finding]:
    """A file is larger than 1 MB.

    文件超过 1 MB。

    Why: One file is one entity, a few kilobytes; a catalog from a stranger must not use up the memory.
    为什么：一个文件是一个实体，几千字节；来自陌生人的目录不能耗尽内存。
    Bad:
        a file of 2 MB
        一个 2 MB 的文件
    Good:
        one entity in each file
        每个文件一个实体
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.FILE_TOO_LARGE)


@check(codes.TOO_DEEP)
def too_deep(checking: Checking) -> Iterable[Finding]:
    """Values are nested more than 64 levels deep.

    嵌套超过 64 层。

    Why: No entity is nested like that, and deep nesting crashes YAML libraries.
    为什么：没有哪个实体需要这么深，而且会让 YAML 库崩溃。
    Bad:
        a line of a hundred opening brackets
        一行里有一百个左括号
    Good:
        brackets that are closed where they should be
        括号都在该收的地方收好
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.TOO_DEEP)


@check(codes.TOO_MANY_VALUES)
def too_many_values(checking: Checking) -> Iterable[Finding]:
    """A file holds more than 200,000 values.

    文件里的值超过 200,000 个。

    Why: One file is one entity; a catalog from a stranger must not use up the memory.
    为什么：一个文件是一个实体；来自陌生人的目录不能耗尽内存。
    Bad:
        a list of 300,000 numbers
        三十万个数的列表
    Good:
        one entity in each file
        每个文件一个实体
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.TOO_MANY_VALUES)


@check(codes.SCALAR_TOO_LONG)
def scalar_too_long(checking: Checking) -> Iterable[Finding]:
    """A text is longer than 64,000 characters.

    一段文本超过 64,000 个字符。

    Why: No text of a catalog is that long; most often a quote is not closed.
    为什么：目录里没有这么长的文本；多半是引号没有收尾。
    Bad:
        a description of 70,000 characters
        七万个字符的说明
    Good:
        a sentence or two
        一两句话
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.SCALAR_TOO_LONG)


@check(codes.CONFLICT_MARKER)
def conflict_marker(checking: Checking) -> Iterable[Finding]:
    """A file holds the marks of an unfinished merge.

    文件里有没解决的合并冲突标记。

    Why: Two versions stand in the file and nobody has decided between them.
    为什么：文件里有两个版本，还没有人决定用哪个。
    Bad (whole file rules/care-budget.yaml):
        id: care-budget
        <<<<<<< HEAD
        most: 4
        =======
        most: 5
        >>>>>>> branch
    Good (rules/care-budget.yaml):
        most: 4
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.CONFLICT_MARKER)


@check(codes.LFS_POINTER)
def lfs_pointer(checking: Checking) -> Iterable[Finding]:
    """A file is a Git LFS pointer and not the file itself.

    文件只是 Git LFS 的指针，不是文件本身。

    Why: The content was never fetched, so there is nothing to check.
    为什么：内容没有取回来，没有可检查的东西。
    Bad (whole file rules/care-budget.yaml):
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345
    Good (rules/care-budget.yaml):
        most: 4
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.LFS_POINTER)


@check(codes.HTML_PAGE)
def html_page(checking: Checking) -> Iterable[Finding]:
    """A file is an HTML page.

    文件是一个 HTML 网页。

    Why: It was probably saved from a web page, a log-in page perhaps, in place of the file.
    为什么：多半是从网页另存的，存到的可能是登录页。
    Bad (whole file rules/care-budget.yaml):
        <!DOCTYPE html>
        <html><body>404</body></html>
    Good (rules/care-budget.yaml):
        most: 4
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.HTML_PAGE)


@check(codes.MORE_FAULTS)
def more_faults(checking: Checking) -> Iterable[Finding]:
    """A file has more faults than are listed.

    文件里的问题比列出的多。

    Why: At most 20 are listed for one file, so that it doesn't bury what is wrong with others.
    为什么：一个文件最多列 20 条，免得淹没其他文件的问题。
    Bad:
        a file in which thirty values need quotes
        有三十个值需要加引号的文件
    Good:
        mend those that are listed, and check again
        改好列出的，再检查一次
    Source: measured on PyYAML 6.0.3 with libyaml 0.2.5 实测
    """
    return checking.found(codes.MORE_FAULTS)


@check(codes.FILE_SUFFIX)
def file_suffix(checking: Checking) -> Iterable[Finding]:
    """A file does not end in `.yaml`.

    文件不是以 `.yaml` 结尾。

    Why: Only files that end in `.yaml` are read; this one would be ignored without a word.
    为什么：只读取以 `.yaml` 结尾的文件；这个文件会被无声地忽略。
    Bad:
        modules/pet-care.yml
    Good:
        modules/pet-care.yaml
    Source: docs/format.md
    """
    return checking.found(codes.FILE_SUFFIX)


@check(codes.SYMBOLIC_LINK)
def symbolic_link(checking: Checking) -> Iterable[Finding]:
    """An entry is a symbolic link.

    这是一个符号链接。

    Why: A link can lead out of the catalog, to a secret on the machine that checks a stranger's pull
        request.
    为什么：链接可能指到目录之外，读到检查机器上的机密。
    Bad:
        modules/pet-care.yaml, linked to a file elsewhere
        链接到别处文件的 modules/pet-care.yaml
    Good:
        the file itself
        文件本身
    Source: hostile repositories, tried out 实测
    """
    return checking.found(codes.SYMBOLIC_LINK)


@check(codes.NOT_A_FILE)
def not_a_file(checking: Checking) -> Iterable[Finding]:
    """An entry is no ordinary file.

    这不是普通文件。

    Why: Reading a pipe or a device would wait for ever.
    为什么：读管道或设备会一直等下去。
    Bad:
        a named pipe modules/pet-care.yaml
        名为 modules/pet-care.yaml 的命名管道
    Good:
        an ordinary file
        普通文件
    Source: hostile repositories, tried out 实测
    """
    return checking.found(codes.NOT_A_FILE)


@check(codes.UNREADABLE_FILE)
def unreadable_file(checking: Checking) -> Iterable[Finding]:
    """A file can't be read.

    文件无法读取。

    Why: What can't be read can't be checked; the rest of the catalog was.
    为什么：读不到就无法检查；其余文件已检查。
    Bad:
        a file without permission to read it
        没有读取权限的文件
    Good:
        a file that everyone who works on the catalog may read
        参与目录的人都能读的文件
    Source: hostile repositories, tried out 实测
    """
    return checking.found(codes.UNREADABLE_FILE)


@check(codes.UNSAFE_FILE_NAME)
def unsafe_file_name(checking: Checking) -> Iterable[Finding]:
    """A file's name holds characters that can't be shown safely.

    文件名里有不能安全显示的字符。

    Why: A name with a line break or an escape sequence can steer a terminal or a runner that prints it.
    为什么：带换行或转义序列的名字能操纵显示它的终端或流水线。
    Bad:
        a name with a line break in it
        名字里有换行的文件
    Good:
        pet-care.yaml
    Source: hostile repositories, tried out 实测
    """
    return checking.found(codes.UNSAFE_FILE_NAME)


@check(codes.TOO_MANY_FILES)
def too_many_files(checking: Checking) -> Iterable[Finding]:
    """The catalog holds more than 100,000 files.

    目录超过 100,000 个文件。

    Why: It is probably not a catalog's folder; nothing beyond the bound was read.
    为什么：多半不是产品目录的文件夹；超出的部分没有读取。
    Bad:
        a home directory, named as the catalog
        把个人主目录当作产品目录
    Good:
        the folder that holds catalog.yaml
        放着 catalog.yaml 的文件夹
    Source: hostile repositories, tried out 实测
    """
    return checking.found(codes.TOO_MANY_FILES)


@check(codes.CATALOG_TOO_LARGE)
def catalog_too_large(checking: Checking) -> Iterable[Finding]:
    """The catalog is larger than 512 MB.

    目录超过 512 MB。

    Why: It is probably not a catalog's folder; nothing beyond the bound was read.
    为什么：多半不是产品目录的文件夹；超出的部分没有读取。
    Bad:
        a folder of data exports, named as the catalog
        把一堆导出数据的文件夹当作产品目录
    Good:
        the folder that holds catalog.yaml
        放着 catalog.yaml 的文件夹
    Source: hostile repositories, tried out 实测
    """
    return checking.found(codes.CATALOG_TOO_LARGE)


@check(codes.FOLDERS_TOO_DEEP)
def folders_too_deep(checking: Checking) -> Iterable[Finding]:
    """Folders are nested more than 8 deep.

    文件夹超过 8 层。

    Why: Each kind has one folder; nothing deeper was read.
    为什么：每类实体一个文件夹；更深的没有读取。
    Bad:
        a/b/c/d/e/f/g/h/pet-care.yaml
    Good:
        modules/pet-care.yaml
    Source: hostile repositories, tried out 实测
    """
    return checking.found(codes.FOLDERS_TOO_DEEP)

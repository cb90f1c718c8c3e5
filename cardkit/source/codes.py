"""What can be wrong with files and with YAML itself, before anything is known about cards."""

from cardkit.ground.finding import Code, Severity

NOT_UTF8 = Code("CK001", "not-utf8")
SYNTAX = Code("CK002", "syntax")
DUPLICATE_KEY = Code("CK003", "duplicate-key")
AMBIGUOUS_SCALAR = Code("CK004", "ambiguous-scalar")
ALIAS = Code("CK005", "alias")
TAG = Code("CK006", "tag")
FORBIDDEN_CHARACTER = Code("CK007", "forbidden-character")
MERGE_KEY = Code("CK008", "merge-key")
DIRECTIVE = Code("CK009", "directive")
SEVERAL_DOCUMENTS = Code("CK010", "several-documents")
KEY_NOT_TEXT = Code("CK011", "key-not-text")
EMPTY_DOCUMENT = Code("CK012", "empty-document")
ROOT_NOT_MAPPING = Code("CK013", "root-not-mapping")
FILE_TOO_LARGE = Code("CK014", "file-too-large")
TOO_DEEP = Code("CK015", "too-deep")
TOO_MANY_VALUES = Code("CK016", "too-many-values")
SCALAR_TOO_LONG = Code("CK017", "scalar-too-long")
CONFLICT_MARKER = Code("CK018", "conflict-marker")
LFS_POINTER = Code("CK019", "lfs-pointer")
HTML_PAGE = Code("CK020", "html-page")
MORE_FAULTS = Code("CK021", "more-faults", Severity.NOTE)

FILE_SUFFIX = Code("CK030", "file-suffix")
SYMBOLIC_LINK = Code("CK031", "symbolic-link")
NOT_A_FILE = Code("CK032", "not-a-file")
UNREADABLE_FILE = Code("CK033", "unreadable-file")
UNSAFE_FILE_NAME = Code("CK034", "unsafe-file-name")
TOO_MANY_FILES = Code("CK035", "too-many-files")
CATALOG_TOO_LARGE = Code("CK036", "catalog-too-large")
FOLDERS_TOO_DEEP = Code("CK037", "folders-too-deep")

READING_CODES: tuple[Code, ...] = (
    NOT_UTF8,
    SYNTAX,
    DUPLICATE_KEY,
    AMBIGUOUS_SCALAR,
    ALIAS,
    TAG,
    FORBIDDEN_CHARACTER,
    MERGE_KEY,
    DIRECTIVE,
    SEVERAL_DOCUMENTS,
    KEY_NOT_TEXT,
    EMPTY_DOCUMENT,
    ROOT_NOT_MAPPING,
    FILE_TOO_LARGE,
    TOO_DEEP,
    TOO_MANY_VALUES,
    SCALAR_TOO_LONG,
    CONFLICT_MARKER,
    LFS_POINTER,
    HTML_PAGE,
    MORE_FAULTS,
    FILE_SUFFIX,
    SYMBOLIC_LINK,
    NOT_A_FILE,
    UNREADABLE_FILE,
    UNSAFE_FILE_NAME,
    TOO_MANY_FILES,
    CATALOG_TOO_LARGE,
    FOLDERS_TOO_DEEP,
)

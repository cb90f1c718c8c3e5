"""What can be wrong with a file that is YAML, but not what its kind of entity looks like."""

from cardkit.ground.finding import Code

UNKNOWN_KEY = Code("CK101", "unknown-key")
MISSING_KEY = Code("CK102", "missing-key")
WRONG_TYPE = Code("CK103", "wrong-type")
UNKNOWN_WORD = Code("CK104", "unknown-word")
WRONG_FORM = Code("CK105", "wrong-form")
OUT_OF_BOUNDS = Code("CK106", "out-of-bounds")
TOO_FEW = Code("CK107", "too-few")
TOO_MANY = Code("CK108", "too-many")
WRONG_VALUE = Code("CK109", "wrong-value")
UNKNOWN_KIND = Code("CK110", "unknown-kind")
WRONG_FOLDER = Code("CK111", "wrong-folder")
ID_IS_NOT_FILE_NAME = Code("CK112", "id-is-not-file-name")

SCHEMA_CODES: tuple[Code, ...] = (
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    UNKNOWN_WORD,
    WRONG_FORM,
    OUT_OF_BOUNDS,
    TOO_FEW,
    TOO_MANY,
    WRONG_VALUE,
    UNKNOWN_KIND,
    WRONG_FOLDER,
    ID_IS_NOT_FILE_NAME,
)
"""CK1: found against the schema, or by reading values that a schema can't judge."""

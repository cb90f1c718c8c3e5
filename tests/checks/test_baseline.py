"""A baseline's file reads back as what was counted, whatever files are called."""

from hypothesis import given
from hypothesis import strategies as st

from cardkit.checks.baseline import compared, counted, pruned, read_baseline, written
from cardkit.checks.identity import stable_path
from cardkit.ground.finding import Code, Finding, Site
from cardkit.ground.text import same
from cardkit.source.characters import FORBIDDEN

NAMES = st.one_of(
    st.text(min_size=1, max_size=30).filter(lambda name: not FORBIDDEN.search(name) and name.isprintable()),
    st.sampled_from(
        ["cards/no.yaml", "010.yaml", "a: b.yaml", '"\\".yaml', "- x", "# y", "{z}", "null", "~"]
    ),
)
CODES = st.sampled_from(["CK201", "CK303", "CK902"])


@given(st.dictionaries(st.tuples(NAMES, CODES), st.integers(1, 9)))
def test_what_is_written_is_read_back(counts: dict[tuple[str, str], int]) -> None:
    assert read_baseline("known.yaml", written(counts).encode()) == counts


@given(st.lists(st.tuples(st.sampled_from("abc"), CODES)), st.lists(st.tuples(st.sampled_from("abc"), CODES)))
def test_a_run_beside_a_baseline(before: list[tuple[str, str]], now: list[tuple[str, str]]) -> None:
    def findings(keys: list[tuple[str, str]]) -> list[Finding]:
        return [Finding(Code(code, "x"), Site(file), same("fault")) for file, code in keys]

    known = counted(findings(before))
    beside = compared(findings(now), known)
    assert sorted(f.order for f in (*beside.new, *beside.known)) == sorted(f.order for f in findings(now))
    assert all(now.count((f.site.file, f.code.id)) > known[f.site.file, f.code.id] for f in beside.new)
    assert pruned(findings(now), known) == known & counted(findings(now))
    assert beside.mended == (known - counted(findings(now))).total()


def test_a_place_in_a_list_goes_by_id_or_text_and_else_by_number() -> None:
    data = {"benefits": [{"id": "a/b", "steps": [1, 2]}], "requires": ["x"]}
    assert stable_path(("benefits", 0, "steps", 1), data) == "benefits/id=a~1b/steps/1"
    assert stable_path(("requires", 0), data) == "requires/=x"
    assert stable_path(("gone", 3, "y"), data) == "gone/3/y"
    assert stable_path(("gone", 3), None) == "gone/3"

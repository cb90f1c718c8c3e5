"""The engine always ends, and says what it could not finish."""

from random import Random

import pytest

from cardkit.solve.compiled import compile_problem
from cardkit.solve.counting import count, count_with
from cardkit.solve.diagram import compile_diagram
from cardkit.solve.limits import Limits, OutOfTime, TooLarge
from cardkit.solve.problem import Limit, Need, Objective, Problem, Sum
from cardkit.solve.programme import Programme, lowest
from cardkit.solve.ranking import ranked


class Clock:
    """A second passes at each look."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return float(self.looks)


def dense(variables: int, rules: int, cells: int = 1) -> Problem:
    """Weighted sums over far-away variables: no order keeps a diagram of all of them narrow."""
    random = Random(variables)
    everywhere = (1 << cells) - 1
    sums = []
    for _ in range(rules):
        scope = random.sample(range(variables), variables // 2)
        weights = tuple((variable, random.randint(1, 50_000)) for variable in scope)
        most = sum(weight for _, weight in weights) // 2
        sums.append(Sum(weights, (Limit(most // 2, most, everywhere, "budget"),)))
    names = tuple(f"m{at}" for at in range(variables))
    return Problem(names, tuple(f"c{at}" for at in range(cells)), (everywhere,) * variables, tuple(sums))


def worth(problem: Problem) -> Objective:
    random = Random(1)
    cells = range(len(problem.cells))
    return Objective([0 for _ in cells], [[random.randint(-9, 9) for _ in cells] for _ in problem.variables])


def test_a_diagram_that_grows_too_large_says_so() -> None:
    with pytest.raises(TooLarge, match="nodes"):
        compile_diagram(dense(60, 3), Limits(nodes=10_000))


def test_many_open_rules_at_each_node_count_as_memory() -> None:
    """Nodes alone would not tell: each keeps a state for every rule that is open."""
    rules = [
        Sum(((left, 1), (right, 1)), (Limit(None, 1, 1, "pair"),))
        for left in range(40)
        for right in range(80, 120)
    ]
    random = Random(5)
    random.shuffle(rules)
    problem = Problem(tuple(f"m{at}" for at in range(120)), ("cell",), (1,) * 120, tuple(rules))
    with pytest.raises(TooLarge, match="bytes"):
        compile_diagram(problem, Limits(bytes=1_000_000))


def test_time_that_is_up_stops_every_step_of_the_way() -> None:
    problem = dense(12, 2)
    diagram = compile_diagram(problem, Limits())
    late = Programme(diagram, (0,), Limits(seconds=2, clock=Clock()))
    for run in (lambda: count(late), lambda: count_with(late), lambda: lowest(late, worth(problem))):
        with pytest.raises(OutOfTime):
            run()
    with pytest.raises(OutOfTime):
        compile_diagram(problem, Limits(seconds=2, clock=Clock()))
    with pytest.raises(OutOfTime):
        compile_problem(problem, Limits(seconds=2, clock=Clock()))


@pytest.mark.parametrize("highest", [False, True])
def test_a_ranking_out_of_time_gives_what_is_proved_and_a_bound_for_the_rest(highest: bool) -> None:
    problem = dense(40, 4)
    objective = worth(problem)
    compiled = compile_problem(problem, Limits(nodes=500))
    assert not compiled.exact
    ranking = ranked(compiled, objective, [0], 10**6, Limits(seconds=120, clock=Clock()), highest=highest)
    assert not ranking.finished
    assert ranking.limit == "time"
    assert ranking.bound is not None
    best = -1 if highest else 1
    assert all(best * product.amount <= best * ranking.bound for product in ranking.found)


def test_a_ranking_out_of_memory_says_so() -> None:
    problem = dense(40, 4)
    compiled = compile_problem(problem, Limits(nodes=500))
    ranking = ranked(compiled, worth(problem), [0], 10**6, Limits(bytes=400_000))
    assert not ranking.finished
    assert ranking.limit == "bytes"
    assert ranking.bound is not None


def test_a_ranking_that_can_not_even_begin_knows_nothing() -> None:
    problem = dense(12, 1)
    compiled = compile_problem(problem, Limits())
    for limits in (Limits(bytes=100), Limits(seconds=3, clock=Clock())):
        ranking = ranked(compiled, worth(problem), [0], 1, limits)
        assert ranking.found == ()
        assert not ranking.finished
        assert ranking.bound is None


def test_arrays_of_a_single_cell_that_do_not_fit_say_so() -> None:
    problem = dense(12, 2)
    tight = Programme(compile_diagram(problem, Limits()), (0,), Limits(bytes=200))
    for run in (lambda: count(tight), lambda: count_with(tight), lambda: lowest(tight, worth(problem))):
        with pytest.raises(TooLarge, match="bytes"):
            run()


def test_a_cell_that_a_rule_set_aside_closes_is_not_searched() -> None:
    """Half of a million products would be looked at one by one, only to drop each."""
    names = tuple(f"m{at}" for at in range(20))
    limits = (Limit(None, 100, 0b01, "budget"), Limit(10_000, None, 0b10, "too much"))
    closed = Sum(tuple((at, at + 1) for at in range(20)), limits)
    problem = Problem(names, ("open", "closed"), (0b11,) * 20, (closed,))
    compiled = compile_problem(problem, Limits(nodes=25))
    assert compiled.sums == (0,)
    ranking = ranked(compiled, worth(problem), [1], 1, Limits(seconds=60, clock=Clock()))
    assert ranking.finished
    assert ranking.found == ()


def test_very_many_rules_are_ordered_in_bounded_work() -> None:
    """Three thousand rules over two hundred variables: the clock is looked at soon."""
    random = Random(3)
    rules = tuple(
        Need(frozenset(random.sample(range(200), 60)), frozenset(random.sample(range(200), 60)), "need")
        for _ in range(3000)
    )
    problem = Problem(tuple(f"m{at}" for at in range(200)), ("cell",), (1,) * 200, needs=rules)
    with pytest.raises(OutOfTime):
        compile_diagram(problem, Limits(seconds=0))

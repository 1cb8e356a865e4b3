"""The frame of script/bench: statistics, the JSON form, the exit code, what is void."""

import json
from itertools import cycle

import pytest

from bench.__main__ import LegBroke, arguments, measured, report
from bench.figures import Figure
from bench.groups import BOTH, GROUPS, Group
from bench.measuring import compare, cost_of
from tests.architecture.tree import ROOT


def figure(**changes) -> Figure:
    facts = {
        "group": "pages", "figure": "list_vs_floor", "value": 1.2344, "op": "<=", "bar": 1.4,
        "unit": "ratio", "note": "二十个列表",
    }  # fmt: skip
    return Figure(**facts | changes)


def costs(*values: float):
    """A cost that goes through these values again and again."""
    turns = cycle(values)
    return lambda: next(turns)


def test_the_ratio_is_of_medians_so_one_disturbed_round_does_not_count():
    floor = costs(2.0, 2.0, 2.0, 2.0, 50.0, 2.0, 2.0)
    product = costs(3.0, 3.0, 90.0, 3.0, 3.0, 3.0, 3.0)

    found = compare(floor, product, rounds=5)

    assert (found.floor, found.product, found.ratio) == (2.0, 3.0, 1.5)
    assert found.speed == pytest.approx(2 / 3)
    assert (found.drift, found.is_void) == (1.0, False)


def test_floor_and_product_take_turns():
    order = []

    compare(lambda: order.append("A") or 1.0, lambda: order.append("B") or 1.0, rounds=5)

    assert "".join(order) == "AB" * 10


def test_a_drifting_floor_is_measured_three_times_and_then_void():
    asked = []
    turns = costs(1.0, 1.2)  # the floor at the start of a round and in its middle

    def floor():
        asked.append(1)
        return turns()

    found = compare(floor, costs(1.0), rounds=5)

    assert found.is_void
    assert found.drift == pytest.approx(1.2)
    assert len(asked) == 3 * 2 * 5


def test_a_run_that_calms_down_counts():
    noisy, calm = [1.0, 1.2] * 5, [1.0, 1.0] * 5

    found = compare(costs(*noisy, *calm), costs(1.3), rounds=5)

    assert not found.is_void
    assert found.ratio == pytest.approx(1.3)


def test_fewer_than_five_rounds_are_refused():
    with pytest.raises(ValueError, match="at least 5"):
        compare(costs(1.0), costs(1.0), rounds=4)


def test_a_cost_is_the_mean_of_its_turns():
    ticks = iter([10.0, 14.0])
    done = []

    cost = cost_of(lambda: done.append(1), times=8, clock=lambda: next(ticks))

    assert cost() == 0.5
    assert len(done) == 8


def test_a_figure_is_one_line_of_the_agreed_form():
    line = figure().to_json()

    assert "\n" not in line
    assert list(json.loads(line).items()) == [
        ("group", "pages"), ("figure", "list_vs_floor"), ("value", 1.234), ("bar", 1.4),
        ("op", "<="), ("holds", True), ("unit", "ratio"), ("note", "二十个列表"),
    ]  # fmt: skip
    assert Figure.from_json(line) == figure(value=1.234)


def test_a_void_figure_says_so_and_holds_nothing():
    line = figure(is_void=True).to_json()

    assert json.loads(line) | {"void": True, "holds": False} == json.loads(line)
    assert Figure.from_json(line).is_void


@pytest.mark.parametrize(
    ("value", "op", "bar", "holds"),
    [
        (1.4, "<=", 1.4, True), (1.41, "<=", 1.4, False),
        (5000, ">=", 5000, True), (4999, ">=", 5000, False),
        (2, ">", 1, True), (1, ">", 1, False),
        (0, "==", 0, True), (1, "==", 0, False),
    ],
)  # fmt: skip
def test_a_figure_is_held_against_its_bar(value, op, bar, holds):
    assert figure(value=value, op=op, bar=bar).holds is holds


def printed(figures, *, as_json=True) -> tuple[int, list[str]]:
    written: list[str] = []
    code = report(figures, as_json=as_json, write=written.append)
    return code, written


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ([figure()], 0),
        ([figure(), figure(value=2.0), figure()], 1),
        ([figure(is_void=True)], 1),
    ],
)
def test_the_exit_code_says_whether_all_hold(figures, code):
    found, written = printed(figures)

    assert found == code
    assert len(written) == len(figures)


class Leg:
    """A process that measures one figure, and what became of it when."""

    log: list[str]
    code = 0

    def __init__(self, _command, *, env, **_streams):
        self.database = env["UNIONOPS_TEST_DB"]
        self.log.append(f"{self.database} begins")
        self.stdout = iter([figure().to_json()])

    def wait(self):
        self.log.append(f"{self.database} ends")
        return self.code

    def terminate(self):
        self.log.append(f"{self.database} is ended")


@pytest.fixture
def log(monkeypatch):
    monkeypatch.setattr("subprocess.Popen", Leg)
    Leg.log, Leg.code = [], 0
    return Leg.log


def test_what_is_timed_runs_on_one_database_after_the_other(log):
    assert len(list(measured(Group("x", "timed", BOTH)))) == 2
    assert log[:4] == ["postgres begins", "postgres ends", "sqlite begins", "sqlite ends"]


def test_what_only_counts_runs_on_both_at_once(log):
    assert len(list(measured(Group("x", "counts", BOTH, only_counts=True)))) == 2
    assert log[:4] == ["postgres begins", "sqlite begins", "postgres ends", "sqlite ends"]


def test_a_leg_that_broke_leaves_none_running(log):
    Leg.code = 1
    with pytest.raises(LegBroke, match="x on postgres ended with 1"):
        list(measured(Group("x", "counts", BOTH, only_counts=True)))

    assert {"postgres is ended", "sqlite is ended"} <= set(log)


def test_a_group_that_broke_ends_two_after_what_it_had_measured(capsys):
    def broken():
        yield figure()
        raise LegBroke("pages on sqlite ended with 1")

    code, written = printed(broken())

    assert (code, len(written)) == (2, 1)
    assert "pages on sqlite" in capsys.readouterr().err


def test_people_get_a_table():
    code, (head, *lines) = printed([figure(), figure(value=9.0)], as_json=False)

    assert code == 1
    assert head.split()[:4] == ["group", "figure", "value", "bar"]
    assert "holds" in lines[0]
    assert "FAILS" in lines[1]


@pytest.mark.parametrize("given", [[], ["nothing"], ["--all", "pages"]])
def test_what_cannot_be_measured_is_refused_with_the_groups(given, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments(given)

    assert ended.value.code == 2
    assert "pages" in capsys.readouterr().err


def test_every_group_has_its_module():
    files = [ROOT / f"{group.module.replace('.', '/')}.py" for group in GROUPS.values()]

    assert [file.name for file in files if not file.exists()] == []

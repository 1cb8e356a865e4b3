"""Working days, and the figures the regulation leaves to the supervising union."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import accumulate

UNPUBLISHED = "节假日安排未公布"
SYSTEM_DEFAULT = "系统默认（可由主管工会调整）"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day of a period counted in working days."""

    day: date
    is_published: bool = True

    @property
    def note(self) -> str:
        """What to print beside the day: nothing, or that the holidays are not known yet."""
        return "" if self.is_published else UNPUBLISHED


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working-day calendar: weekdays, and the days that differ from them.

    A year counts as published once the State Council's notice for it is entered;
    before that its days are told apart by weekday alone, and the answer says so.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    published_years: frozenset[int] = frozenset()
    # The days that differ from their weekday, and by how many working days up to each.
    _differing: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _gained: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = sorted(self.exceptions)
        gains = accumulate(self.exceptions[day] - (day.weekday() < 5) for day in days)
        object.__setattr__(self, "_differing", tuple(days))
        object.__setattr__(self, "_gained", (0, *gains))

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day: the exception if there is one, else Monday to Friday."""
        return self.exceptions.get(day, day.weekday() < 5)

    def add(self, start: date, working_days: int) -> DueDay:
        """The day on which a period of so many working days ends; its first day is not counted."""
        if working_days < 0:
            raise ValueError("a period has no negative length")
        day, left = start, working_days
        while left:
            day += ONE_DAY
            left -= self.is_workday(day)
        years = range(min(start + ONE_DAY, day).year, day.year + 1)
        return DueDay(day, is_published=all(year in self.published_years for year in years))

    def before(self, day: date) -> date:
        """The last working day before a day."""
        day -= ONE_DAY
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def between(self, after: date, until: date) -> int:
        """Working days after one day up to another; negative when the other lies before."""
        if until < after:
            return -self.between(until, after)
        return self._up_to(until) - self._up_to(after)

    def _up_to(self, day: date) -> int:
        """Working days since the first Monday of the calendar, which began on one."""
        weeks, rest = divmod(day.toordinal(), 7)
        return 5 * weeks + min(rest, 5) + self._gained[bisect_right(self._differing, day)]


def published_years(exceptions: Mapping[date, bool]) -> frozenset[int]:
    """The years whose notice is entered: each notice names 1 October, a local change does not."""
    return frozenset(
        day.year
        for day, is_workday in exceptions.items()
        if (day.month, day.day) == (10, 1) and not is_workday
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterDefault:
    """One figure on which the regulation is silent, with the article it serves."""

    code: str
    label: str
    value: int | Decimal | str
    unit: str
    basis: str
    note: str = SYSTEM_DEFAULT

    def parse(self, text: str) -> int | Decimal | str:
        """Read a stored value in the type of the default; ValueError when it cannot be one."""
        if isinstance(self.value, int):
            return int(text)
        if isinstance(self.value, Decimal):
            return _decimal(text)
        return _share(text) if "/" in self.value else _words(text)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    return number


def _share(text: str) -> str:
    above, slash, below = text.partition("/")
    if not slash or not 0 < int(above) <= int(below):
        raise ValueError(text)
    return text


def _words(text: str) -> str:
    """Words divided by 、; none of them empty."""
    words = [word.strip() for word in text.split("、")]
    if not all(words):
        raise ValueError(text)
    return "、".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterValue:
    """A figure in force for a union on a day, and who fixed it."""

    code: str
    label: str
    value: int | Decimal | str
    unit: str
    basis: str
    source: str = SYSTEM_DEFAULT


def _default(
    code: str, label: str, value: int | Decimal | str, unit: str, basis: str
) -> ParameterDefault:
    return ParameterDefault(code=code, label=label, value=value, unit=unit, basis=basis)


# The regulation names none of these figures; `basis` is the rule each one serves.
PARAMETERS: dict[str, ParameterDefault] = {
    default.code: default
    for default in (
        _default("formal_review_days", "形式审查时限", 5, "个工作日", "13-2-1"),
        _default("countersign_days", "会签时限", 5, "个工作日", "16-1"),
        _default("legal_review_days", "法律审核时限", 5, "个工作日", "12-5"),
        _default("meeting_days", "集体决策时限（每个会议）", 10, "个工作日", "13-3-1"),
        _default("reply_days", "批复时限", 5, "个工作日", "13-2-2"),
        _default("correction_days", "阵地补正修改时限", 10, "个工作日", "13-2-1"),
        _default("confirmation_days", "确认修改时限", 5, "个工作日", "13-3-1"),
        _default("filing_days", "合同备案时限", 10, "个工作日", "13-2-1"),
        _default("report_due_days", "报告报送时限（期末后）", 15, "个工作日", "16-4"),
        _default("late_entry_days", "会议记录补录界限", 5, "个工作日", "13-3-1"),
        _default("materials_days", "会议材料送达提前量", 1, "个工作日", "13-3-1"),
        _default("quorum", "会议法定人数", "2/3", "应到成员", "13-3-1"),
        _default("credit_check_days", "信用核查有效期", 30, "天", "10-6"),
        _default("valuation_valid_years", "资产评估有效期", 1, "年", "13-4-1"),
        _default("approval_valid_months", "批复后签约有效期", 12, "个月", "13-2-2"),
        _default("disclosure_stale_days", "公开信息更新期限", 180, "天", "17-3"),
        _default("rectification_days", "整改期限", 30, "天", "13-5-3"),
        _default("satisfaction_min_weight", "职工满意度最低权重", Decimal(40), "%", "13-5-1"),
        _default("grade_excellent", "优秀分数线", Decimal(90), "分", "13-5-2"),
        _default("grade_good", "良好分数线", Decimal(80), "分", "13-5-2"),
        _default("grade_pass", "合格分数线", Decimal(60), "分", "13-5-2"),
        _default("si_gate_fail", "满意度指数低于此值为不合格", Decimal(60), "分", "13-5-1"),
        _default("si_gate_pass", "满意度指数低于此值最高为合格", Decimal(70), "分", "13-5-1"),
        _default("si_gate_good", "满意度指数低于此值最高为良好", Decimal(80), "分", "13-5-1"),
        _default("si_gate_excellent", "优秀所需满意度指数", Decimal(85), "分", "13-5-1"),
        _default("ancillary_area_cap", "配套服务面积占比上限", Decimal(10), "%", "18-6"),
        _default(
            "ancillary_kinds",
            "配套服务许可类别",
            "便民餐饮、饮品零食、日用品零售、文印、寄存租借、停车",
            "类",
            "18-6",
        ),
        _default("exception_alert_days", "例外到期前提醒", 30, "天", "13-4-4"),
        _default("min_opinion_length", "意见最少字数", 10, "字", "12-5"),
    )
}

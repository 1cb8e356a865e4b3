"""What unions planned for themselves (第六条、第十一条): in force, on the agenda, step by step."""

from datetime import date, timedelta

from demo.cast import officer
from demo.day import moment
from demo.sittings import Sitting, sit_on
from meetings.enums import DecisionBodyKind
from meetings.models import AgendaItem
from meetings.selectors import body_of
from organizations.models import TradeUnion
from planning import services
from planning.enums import UnionPlanKind
from planning.models import UnionPlan
from planning.rules import Step
from planning.selectors import steps_of
from venues.models import Venue

SHAANXI, XIAN, BAOJI = "610000", "610100", "610300"
GOALS = "职工满意度逐年提高；公益服务时段不少于总开放时段的六成；资产安全完整，五不变。"
SAFEGUARDS = "列入年度经费预算；资产监管部牵头，组织人事、纪委、财务、经审协同监管。"


def _task(content: str, criteria: str, owner: str, due_on: date) -> Step:
    return Step(content=content, criteria=criteria, owner=owner, due_on=due_on)


def _planning_texts(place: str) -> dict[str, str]:
    return {
        "basis_economy": f"{place}职工队伍规模扩大，新就业形态劳动者增多，公共文化体育设施分布不均。",
        "basis_needs": "职工调查显示，文体活动、技能培训、心理服务和疗休养需求最为集中。",
        "basis_work": "所属阵地设施老化、专业人员不足，自有资金难以支撑更新，需要撬动社会资源。",
        "goals": GOALS,
        "safeguards": SAFEGUARDS,
    }


def _drafted(
    code: str, kind: UnionPlanKind, title: str, *, day: date, texts: dict[str, str],
    steps: tuple[Step, ...], period: tuple[date, date], venue: Venue | None = None,
) -> UnionPlan:  # fmt: skip
    union = TradeUnion.objects.get(code=code)
    by = officer(union, "officer")
    plan = services.draft_plan(
        union=union, kind=kind, title=title, venue=venue, by=by, at=moment(day, 9)
    )
    return services.save_plan(
        plan=plan, title=title, starts_on=period[0], ends_on=period[1], texts=texts, steps=steps,
        version=plan.version, by=by, at=moment(day, 11),
    )  # fmt: skip


def _queued(plan: UnionPlan, *, day: date) -> UnionPlan:
    body = body_of(plan.union, DecisionBodyKind.PARTY_GROUP)
    if body is None:
        raise LookupError(plan.union.name)
    by = officer(plan.union, "officer")
    return services.submit_plan(
        plan=plan, body=body, version=plan.version, by=by, at=moment(day, 14)
    )


def _issued(plan: UnionPlan, *, queued: date, met: date) -> UnionPlan:
    plan = _queued(plan, day=queued)
    item = AgendaItem.objects.select_related("body__union").get(subject_id=plan.pk)
    sit_on(item, day=met, sitting=Sitting(resolution=f"同意《{plan.title}》，印发实施。"))
    plan = UnionPlan.objects.select_related("union").get(pk=plan.pk)
    return services.issue_plan(
        plan=plan, version=plan.version, by=officer(plan.union, "leader"),
        at=moment(met + timedelta(days=1), 15),
    )  # fmt: skip


def province_plans() -> UnionPlan:
    """省总：2024—2026 年实施规划，实施中."""
    plan = _drafted(
        SHAANXI, UnionPlanKind.IMPLEMENTATION_PLAN,
        "陕西省总工会职工服务阵地社会化市场化运作实施规划（2024—2026 年）",
        day=date(2023, 9, 4), texts=_planning_texts("全省"),
        period=(date(2024, 1, 1), date(2026, 12, 31)),
        steps=(
            _task("直属阵地带头试点", "不同类型各有一个试点", "资产监管部", date(2024, 12, 31)),
            _task("总结经验并推广", "形成经验材料", "资产监管部", date(2026, 12, 31)),
        ),
    )  # fmt: skip
    plan = _issued(plan, queued=date(2023, 9, 11), met=date(2023, 9, 20))
    first = steps_of(plan)[0]
    return services.finish_step(
        plan=plan, step=first, result="宾馆、疗养院各一个试点运行平稳。", version=plan.version,
        by=officer(plan.union, "officer"), at=moment(date(2024, 12, 20), 10),
    )  # fmt: skip


def xian_plans() -> UnionPlan:
    """西安：实施规划和具体方案都在实施中."""
    period = (date(2024, 1, 1), date(2026, 12, 31))
    steps = (
        _task("文化宫、职工学校先行", "总体方案批准实施", "资产监管部", date(2025, 6, 30)),
        _task("其余阵地逐步推开", "具备条件的阵地全部推进", "资产监管部", date(2026, 12, 31)),
    )
    plan = _drafted(
        XIAN, UnionPlanKind.IMPLEMENTATION_PLAN,
        "西安市总工会职工服务阵地社会化市场化运作实施规划（2024—2026 年）",
        day=date(2023, 10, 9), texts=_planning_texts("全市"), steps=steps, period=period,
    )  # fmt: skip
    _first_done(_issued(plan, queued=date(2023, 10, 16), met=date(2023, 10, 25)))
    scheme = _drafted(
        XIAN, UnionPlanKind.LOCAL_SCHEME, "西安市职工服务阵地社会化市场化运作具体方案",
        day=date(2023, 11, 6), steps=steps, period=period,
        texts={
            "regulation_basis": "依据省总《实施细则》第六条、第八条、第十三条制定。",
            "provincial_basis": "",
            "situation": "市本级主管七个阵地，其中文化宫两个、场馆一个、学校一个。",
            "goals": GOALS,
            "measures": "先文化宫后其他，先项目后整体；合作项目逐项论证、逐项上会。",
            "safeguards": SAFEGUARDS,
        },
    )  # fmt: skip
    return _first_done(_issued(scheme, queued=date(2023, 11, 13), met=date(2023, 11, 22)))


def _first_done(plan: UnionPlan) -> UnionPlan:
    return services.finish_step(
        plan=plan, step=steps_of(plan)[0], result="东城、土门两个文化宫和职工学校的总体方案已批准。",
        version=plan.version, by=officer(plan.union, "officer"), at=moment(date(2025, 6, 25), 10),
    )  # fmt: skip


def xian_step_by_step() -> UnionPlan:
    """临潼骊山样例疗养院：直接实施有困难，按具体工作方案分步推进，第一步已完成."""
    plan = _drafted(
        XIAN, UnionPlanKind.PHASED_WORK_PLAN, "临潼骊山样例疗养院分步实施工作方案",
        day=date(2026, 3, 9), venue=Venue.objects.get(name="临潼骊山样例疗养院"),
        period=(date(2026, 4, 1), date(2027, 12, 31)),
        texts={
            "difficulty": "专职人员不足编制数的一半，近两年收支不平衡，暂不具备直接实施的条件。",
            "approach": "先补齐人员和制度，再在健康管理一个项目上试点，稳妥后再报总体方案。",
            "goals": "2027 年底前具备第九条四项条件。",
            "owner": "资产监管部周宁，疗养院院长",
        },
        steps=(
            _task("补充专职人员、健全制度", "到岗人员达到编制数八成", "疗养院", date(2026, 9, 30)),
            _task("健康管理项目试点", "试点半年，满意度不低于 80", "疗养院", date(2027, 6, 30)),
            _task("总结试点，重新自评", "四项条件审核为具备", "资产监管部", date(2027, 12, 20)),
        ),
    )  # fmt: skip
    plan = _issued(plan, queued=date(2026, 3, 16), met=date(2026, 3, 25))
    first = steps_of(plan)[0]
    return services.finish_step(
        plan=plan, step=first, result="新聘专职人员六名，到岗率百分之八十三；制度汇编已印发。",
        version=plan.version, by=officer(plan.union, "officer"), at=moment(date(2026, 9, 28), 10),
    )  # fmt: skip


def baoji_on_the_agenda() -> UnionPlan:
    """宝鸡：实施规划已提请党组会议，待上会."""
    plan = _drafted(
        BAOJI, UnionPlanKind.IMPLEMENTATION_PLAN,
        "宝鸡市总工会职工服务阵地社会化市场化运作实施规划（2027—2029 年）",
        day=date(2026, 11, 9), texts=_planning_texts("全市"),
        period=(date(2027, 1, 1), date(2029, 12, 31)),
        steps=(
            _task("文化宫游泳馆问题整改收尾", "清算完成", "资产监管部", date(2027, 3, 31)),
            _task("学校、场馆逐步推进", "总体方案批准实施", "资产监管部", date(2029, 6, 30)),
        ),
    )  # fmt: skip
    return _queued(plan, day=date(2026, 11, 18))


STORIES = (province_plans, xian_plans, xian_step_by_step, baoji_on_the_agenda)

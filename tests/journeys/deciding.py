"""The secretary's side: meetings called, attended, decided and closed; changes confirmed."""

from datetime import date, timedelta

from tests.journeys import content
from tests.journeys.hand import REFUSED, paper
from tests.journeys.road import Road

MEMBERS = ("孟广成", "周喆", "秦岚", "范立新", "苏敏", "贾文斌", "任晓春")
ON_LEAVE = MEMBERS[-3:]


def call(road: Road, kind: str, session: str, on: date, today: date) -> None:
    """Register a meeting and place the plan on its agenda."""
    secretary = road.by("secretary").open("/meetings/").follow(f"登记{kind}")
    secretary.fill(
        {
            "届次": session,
            "地点": "机关三楼会议室",
            "开始时间": f"{on}T09:00",
            "主持人": "孟广成",
            "列席": "资产监管部、办公室负责人",
        }
    )
    secretary.press("登记会议").says("尚未登记到会")
    road.facts["meeting"] = secretary.path
    secretary.follow("列入议题")
    title = road.facts["title"]
    facts = {"议题": title, "汇报人": "韩立军", "材料送达日": today}
    secretary.fill(facts).press("列入议程").says(title)


def attend(road: Road, *, on_leave: tuple[str, ...] = ()) -> None:
    """Everybody comes but those on leave."""
    secretary = road.by("secretary").open(road.facts["meeting"]).follow("登记到会")
    for name in MEMBERS:
        if name in on_leave:
            secretary.fill({f"{name}到会情况": "请假", f"{name}请假或缺席原因": "外出开会"})
        else:
            secretary.fill({f"{name}到会情况": "实到"})
    secretary.press("登记到会")


def vote(road: Road, conclusion: str, more: dict) -> None:
    """Everybody agrees; the conclusion is recorded."""
    secretary = road.by("secretary").follow("登记表决")
    for name in MEMBERS:
        secretary.fill({f"{name}的表态": "同意", f"{name}的发言要点": "同意。"})
    secretary.fill({"结论": conclusion} | more)
    secretary.press("登记结论").says(f"已登记结论：{conclusion}。")


def close(road: Road, on: date, button: str, **texts: str) -> None:
    """The meeting ends; the signed record is kept."""
    secretary = road.by("secretary").open(road.facts["meeting"]).follow("结束会议")
    record = "汇报人汇报方案形成过程和各部门会签意见；与会成员逐一发表意见；主要负责人最后表态。"
    secretary.fill({"结束时间": f"{on}T11:00", "会议记录": record} | texts)
    secretary.press(button)
    secretary.open(f"{road.facts['meeting']}files/").fill({"扫描件": paper("会议记录签字件")})
    secretary.press("上传").says("会议记录签字件.pdf")
    secretary.open(road.facts["meeting"])


def call_party_group(road: Road, today: date) -> None:
    """The first meeting of the party group is called for tomorrow at nine."""
    desk = road.by("secretary").open("/")
    desk.says(road.facts["title"], "列入会议")
    call(road, "党组会议", "2026年第21次", today + timedelta(days=1), today)
    desk.follow("登记到会")
    for name in MEMBERS:
        desk.fill({f"{name}到会情况": "实到"})
    desk.press("登记到会", status=REFUSED).says("尚未开始，不能登记到会和表决")


def sit_without_quorum(road: Road, today: date) -> None:
    """Four of seven come, five are needed: no conclusion, the item waits again."""
    yesterday = today - timedelta(days=1)
    attend(road, on_leave=ON_LEAVE)
    secretary = road.by("secretary").says("未达到到会下限").follow("登记表决")
    secretary.says("到会人数不足，不能形成结论")
    close(road, yesterday, "以“未形成结论”结束")
    secretary.says("未形成结论")
    secretary.open("/meetings/waiting/").says("待上会议题", content.TITLE)
    call(road, "党组会议", "2026年第22次", today + timedelta(days=3), today)


def pass_party_group(road: Road, today: date) -> None:
    """The second meeting has quorum and passes; the chair's office is called."""
    yesterday = today - timedelta(days=1)
    attend(road)
    vote(road, "通过", {"决议": "原则同意该方案，提请主席办公会议研究。"})
    minutes = "会议原则同意该方案，提请主席办公会议研究。"
    close(road, yesterday, "结束会议", 会议纪要=minutes, 纪要签发人="孟广成")
    road.by("secretary").says("会议纪要", "同意 7")
    call(road, "主席办公会议", "2026年第15次", today + timedelta(days=1), today)


def pass_with_changes(road: Road, today: date) -> None:
    """The chair's office passes with changes; the leader is to confirm them."""
    yesterday = today - timedelta(days=1)
    attend(road)
    changes = {"决议": "同意，须先修改。", "须修改的内容": content.CHANGES, "修改确认人": "周喆"}
    vote(road, "修改后通过", changes)
    minutes = "会议同意该方案，须写明困难职工免费时段，由周喆同志确认。"
    close(road, yesterday, "结束会议", 会议纪要=minutes, 纪要签发人="孟广成")
    leader = road.by("leader").open(f"{road.facts['plan']}review/")
    leader.says(content.CHANGES, "待阵地报送修改后的版本")


def submit_changes(road: Road, today: date) -> None:
    """The venue writes the change into the plan and submits version 2."""
    staff = road.by("venue.staff").open("/").follow(road.facts["title"])
    staff.open(f"{road.facts['plan']}edit/discounts/")
    staff.fill({"困难职工优惠措施": content.CHANGED_DISCOUNT}).press("保存")
    manager = road.by("venue.manager").open(f"{road.facts['plan']}check/")
    manager.fill({"我代表本阵地承诺…": True}).press("报送").says("第 2 版")


def confirm_changes(road: Road, today: date) -> None:
    """The named leader confirms; the desks that read what changed are asked again."""
    leader = road.by("leader").open("/").follow(road.facts["title"]).says(content.CHANGED_DISCOUNT)
    leader.press("确认修改到位").says("形式审查")

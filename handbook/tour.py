"""The first minutes of each role: a few steps, each leading to the real screen."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Role

OVER = 100  # the step of somebody who has seen the tour or does not want it


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to know: what, in two sentences, and where to see it."""

    title: str
    text: str
    url: str
    label: str


WORKBENCH = Step(
    "工作台",
    "登录后先到这里。待办写明办什么、停留了几个工作日、还剩几个；点数字打开它所数的清单。",
    "/",
    "打开工作台",
)
RULES = Step(
    "依据",
    "页面上写着“依据 第×条”的地方，点开就是细则原文。平台只照细则办，细则没有写的天数和人数注明“系统默认”。",
    "/rules/",
    "看实施细则",
)
INBOX = Step(
    "消息和期限",
    "待办、结果和到期提醒进“消息”，填有邮箱的同时发邮件。全部期限可以按列表或月历看。",
    "/inbox/",
    "看消息",
)
DEADLINES = Step(
    "期限", "范围内的期限由近及远排列，超期的标红；也可以看月历。", "/deadlines/", "看期限"
)
HELP = Step(
    "帮助", "每个页面右上角的问号，直接打开对应的一章。引导随时可以重新看。", "/help/", "看帮助"
)
REVIEW = Step(
    "审核页",
    "左边是各节，中间是内容和材料，右边是办理进度和意见框。签署的是您看到的这一版；内容变了，平台会提醒。",
    "/proposals/?tab=mine",
    "看待我办理的方案",
)

VENUE = (
    WORKBENCH,
    Step(
        "先具备条件",
        "条件自评按第九条逐条填写，上传证明材料，由主管工会审核。",
        "/venues/",
        "打开本阵地",
    ),
    Step(
        "合作方",
        "按统一社会信用代码登记合作方，再发起尽职调查，逐项核对第十条的六项条件。",
        "/partners/",
        "看合作方",
    ),
    Step(
        "起草方案",
        "分节填写，随时保存。右侧列出还缺什么、依据哪一条；各项齐全、集体决策之后才能报送。",
        "/proposals/",
        "看方案",
    ),
    INBOX,
    HELP,
)
ASSET = (
    WORKBENCH,
    REVIEW,
    Step(
        "决策权限清单",
        "哪类方案由哪些部门会签、上哪个会议，写在清单里，报送时固定下来。",
        "/matrix/",
        "看决策权限清单",
    ),
    Step(
        "报告和评价",
        "布置报告、审核报告；评价期结束后打分，由部长确认等次。",
        "/reports/",
        "看报告",
    ),
    DEADLINES,
    HELP,
)
SIGNING = (WORKBENCH, REVIEW, RULES, INBOX, HELP)
STEPS: dict[Role, tuple[Step, ...]] = {
    Role.VENUE_STAFF: VENUE,
    Role.VENUE_MANAGER: VENUE,
    Role.ASSET_OFFICER: ASSET,
    Role.ASSET_HEAD: ASSET,
    Role.COUNTERSIGNER: SIGNING,
    Role.COUNSEL: SIGNING,
    Role.LEADER: (
        WORKBENCH,
        Step(
            "批复",
            "资产监管部拟好的批复在待办里，核对后签发；文号由平台连续编排。",
            "/proposals/?stage=replying",
            "看待批复的方案",
        ),
        Step(
            "会议", "会议记录、表决和纪要都在会议页，可以查到每一项议题。", "/meetings/", "看会议"
        ),
        DEADLINES,
        HELP,
    ),
    Role.SECRETARY: (
        WORKBENCH,
        Step(
            "待上会议题",
            "走完会签和法律审核的方案在这里等待，登记会议后列入。",
            "/meetings/#waiting",
            "看待上会议题",
        ),
        Step(
            "到会和表决",
            "会议开始后登记到会和每位成员的表态；人数不足的，不能形成结论，议题退回待上会。",
            "/meetings/",
            "看会议",
        ),
        INBOX,
        HELP,
    ),
    Role.AUDITOR: (
        WORKBENCH,
        Step(
            "全部事项",
            "范围内的方案、合同、会议记录都可以看，哪里都改不了。",
            "/proposals/",
            "看方案",
        ),
        Step("留痕", "每一件办理都有记录，前后相连，可以核验。", "/audit/", "看留痕"),
        DEADLINES,
        HELP,
    ),
    Role.EXPERT: (
        WORKBENCH,
        Step(
            "受聘的方案",
            "您只看得到受聘的那一个方案。先声明有无利害关系，再出具意见。",
            "/proposals/",
            "看方案",
        ),
        RULES,
        HELP,
    ),
    Role.SYSTEM_ADMIN: (
        WORKBENCH,
        Step("账号", "建立、停用账号，重置密码；岗位由安全管理员指派。", "/accounts/", "看账号"),
        Step(
            "工作日历",
            "每年按国务院办公厅的通知录入节假日安排。",
            "/calendar/working-days/",
            "看工作日历",
        ),
        Step(
            "投递日志", "没有送达的消息在这里重新投递；看不到正文。", "/deliveries/", "看投递日志"
        ),
        HELP,
    ),
    Role.SECURITY_ADMIN: (
        WORKBENCH,
        Step("岗位", "指派和收回岗位，解除锁定；不能给自己指派。", "/posts/", "看岗位"),
        Step("角色职责", "每个角色能办什么，都写在这里。", "/roles/", "看角色职责"),
        HELP,
    ),
    Role.AUDIT_ADMIN: (
        WORKBENCH,
        Step("留痕", "全部办理记录，看得到办了什么，看不到业务正文。", "/audit/", "看留痕"),
        Step("核验", "重新计算每一条的校验值，报告有没有改动。", "/audit/verify/", "去核验"),
        HELP,
    ),
}


def steps_of(user: User) -> tuple[Step, ...]:
    """The tour of the person's first post; of nobody, what everybody needs."""
    posts = user.posts()
    return STEPS[Role(posts[0].role)] if posts else (RULES, HELP)


def card_of(user: User) -> dict | None:
    """What the workbench says of the tour, until it was seen or put away."""
    steps = steps_of(user)
    if user.tour_step >= len(steps):
        return None
    return {
        "number": user.tour_step + 1,
        "count": len(steps),
        "title": steps[user.tour_step].title,
        "share": f"{100 * user.tour_step // len(steps)}%",
    }

"""Who may log in to the demo, and what each should try first."""

from accounts.showcase import Showcase, ShownAccount
from demo.day import PASSWORD

GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "服务阵地（西安东城工人文化宫）",
        (
            ("venue.staff", "许可欣 · 经办人", "起草一份方案，看每一节还缺什么、依据哪一条。"),
            ("venue.manager", "高峻 · 负责人", "打开被退回的小剧场方案，逐条答复后重新报送。"),
        ),
    ),
    (
        "主管工会资产监管部（西安市总工会）",
        (
            ("asset.officer", "赵文静 · 经办人", "看会签进度和各部门意见，或布置一份报告。"),
            ("asset.evaluator", "许知遥 · 考核专员", "看羽毛球馆两次阶段评价由谁打分、由谁确认。"),
            ("asset.head", "韩立军 · 部长", "看工作台上的方案分布和合同到期时间轴。"),
        ),
    ),
    (
        "会签部门和法律顾问",
        (
            ("cosign.personnel", "冯珺 · 组织人事", "会签职工艺术培训方案。"),
            ("cosign.discipline", "郭正堃 · 党委（纪委）", "会签职工艺术培训方案。"),
            ("cosign.finance", "刘建国 · 财务", "查看本部门已签的会签意见。"),
            ("cosign.audit", "孙丽 · 经审", "查看附条件的会签意见。"),
            ("counsel", "杨昇 · 法律顾问", "查看已出具的法律审核意见。"),
        ),
    ),
    (
        "会议和领导",
        (
            ("secretary", "何芳 · 会议秘书", "为因人数不足退回的议题重新安排会议。"),
            ("leader", "周喆 · 分管领导", "查看批复和会议记录。"),
        ),
    ),
    (
        "审计和外聘专家",
        (
            ("auditor", "曹明 · 审计人员", "核验一件合作的留痕，导出 PDF；试试哪里都改不了。"),
            ("expert", "段秋实 · 外聘专家", "只看得到受聘期间的方案。"),
        ),
    ),
    (
        "上级、同级和下级工会",
        (
            (
                "province.asset",
                "王敏 · 省总资产监管部",
                "看全省合作：秦岭疗养院八年例外、各市进度。",
            ),
            (
                "baoji.officer",
                "李川 · 宝鸡市总工会",
                "看游泳馆评价不合格和整改；西安的一件也看不到。",
            ),
            ("county.officer", "马晓燕 · 碑林区总工会", "只看得到本区的事项。"),
        ),
    ),
    (
        "三员（互不兼任，看不到业务内容）",
        (
            ("sysadmin", "邓系统 · 系统管理员", "建立账号，查看投递日志。"),
            ("secadmin", "安守正 · 安全管理员", "指派、收回岗位。"),
            ("audadmin", "沈志远 · 审计管理员", "核验全部留痕。"),
        ),
    ),
)


def showcase() -> Showcase:
    """The demo's accounts as the login page shows them."""
    return Showcase(
        password=PASSWORD,
        groups=tuple(
            (
                label,
                tuple(
                    ShownAccount(username=username, who=who, try_first=hint)
                    for username, who, hint in accounts
                ),
            )
            for label, accounts in GROUPS
        ),
    )

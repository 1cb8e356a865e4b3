"""The words that make a cooperation a lease, and where the same word is harmless. Pure.

第十八条: 「划清…"出租""承包"之间的界限」. Hiring equipment, a worker hiring a court for an hour and
the contractor of the building works are no lease of the venue.
"""

import re

PARTNER = r"(?:乙方|合作方|承办方|运营方)"
MONEY = r"[\d一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾百千][\d,.一二三四五六七八九十百千]*万?元"
# Each pattern names the indicator it shows. Where a match holds more than the word of the lease,
# `key` is what a prohibition would govern.
WORDS: tuple[tuple[str, str], ...] = (
    (
        "DL-06",
        r"以租代管|承包|出租(?!车|汽车|率)|(?<!融资)租赁(?!费|市场|价格|行情|业)|租用|承租|招租|(?<![转分出])租给",
    ),
    ("DL-05", r"转租|分租|转包|转让经营权|经营权[^，。；]{0,4}(?P<key>转让|转移)"),
    ("DL-02", r"租金|租赁费|物业押金|免租期|元/(?:㎡|平方米|平米|m2|m²)"),
    (
        "DL-01",
        r"固定回报|保底收益|保底收入|固定收益|年保底|旱涝保收|固定(?:金额|数额|上缴|利润)"
        r"|(?:保底|最低)(?:金额|分成|利润|上缴)"
        r"|(?:不论|无论|不管)[^，。；]{0,6}(?:盈亏|盈利|亏损|经营(?:结果|情况|状况|业绩))"
        r"|每年(?:向(?:甲方|工会方|阵地))?(?:固定)?(?:支付|上缴|缴纳|交纳|上交)"
        rf"(?:甲方|工会方|阵地)?[^，。；\d一二三四五六七八九十]{{0,4}}{MONEY}"
        rf"|承包(?:费|金|款)(?:为|按)?每年[^，。；\d一二三四五六七八九十]{{0,4}}{MONEY}",
    ),
    ("DL-03", r"自负盈亏|(?:承担|负责)全部(?:盈亏|经营风险|亏损)"),
    (
        "DL-04",
        rf"{PARTNER}[^，。；]{{0,6}}"
        r"(?P<key>独立经营|自主经营|自主定价|单独决定|自行决定|自行定价|全权)"
        r"|独家经营|(?:甲方|工会方?|阵地)不(?:参与|干预)(?:经营|管理|决策|定价)",
    ),
    (
        "DL-08",
        rf"(?:收入|费用|款项|票款|学费|场地费)[^，。；]{{0,8}}(?P<key>{PARTNER}(?:的)?(?:账户|账号|收款码))"
        rf"|(?:通过|进入|存入|转入|汇入|使用){PARTNER}(?:的)?(?:账户|账号|收款码)",
    ),
    (
        "DL-10",
        rf"(?:门头|招牌|阵地名称|场馆名称)[^，。；]{{0,8}}(?P<key>使用|采用|悬挂|改为|更名为)"
        rf"[^，。；]{{0,6}}{PARTNER}",
    ),
    ("DL-11", r"一次性(?:预付|付清|支付|缴清|交清|收取)|趸交"),
)
PATTERNS = tuple((code, re.compile(pattern)) for code, pattern in WORDS)

CLAUSE = re.compile(r"[，,。；;！？!?\n]")
WORKS = r"工程|施工|装修|装饰|改造|维修|安装|土建|绿化|保洁|消防|劳务"
WORKS_BEFORE = re.compile(rf"(?:{WORKS}|总)的?$")
WORKS_AFTER = re.compile(rf"(?![期费金款])[^，。；给]{{0,2}}(?:{WORKS})")
CONTRACTOR = re.compile(r"商|资质")
VENUE_ROOM = re.compile(r"(?:经营|运营|馆|场|楼|层|厅|室)的?$")
EQUIPMENT = r"器材|设备|器械|音响|灯光|服装|球拍|球鞋|车辆|大巴|客车|道具|用品|雨伞|轮椅|图书|充电宝|桌椅|储物柜"
# 「场馆及设备出租」 is more than equipment.
EQUIPMENT_BEFORE = re.compile(
    rf"(?:^|[^及和与、])(?:(?:{EQUIPMENT})[及和与、])*(?:{EQUIPMENT})[等的]?$"
)
EQUIPMENT_AFTER = re.compile(rf"[^，。；、及和与场馆楼层房室厅]{{0,4}}(?:{EQUIPMENT})")
GIVEN = re.compile(rf"[给予于与]|.{{0,4}}{PARTNER}")
USERS = r"职工|会员|群众|市民|学员|读者|个人|团体|基层工会"
USERS_BEFORE = re.compile(
    rf"(?:{USERS})(?:个人|家庭)?(?:可以?|能|凭证?|预约|按小时|按次|免费|临时)*$"
    rf"|(?:面向|向|为|供)[^，。；]{{0,6}}(?:{USERS})[^，。；]{{0,12}}$"
)
VENUE_BEFORE = re.compile(r"(?:阵地|甲方|工会方?|本馆)[^，。；]{0,4}$")


def is_harmless(text: str, start: int, end: int) -> bool:
    """Whether a word of DL-06 speaks of something else than leasing the venue away."""
    word, before, after = (
        text[start:end],
        CLAUSE.split(text[:start])[-1],
        CLAUSE.split(text[end:])[0],
    )
    if word == "以租代管":
        return False
    if word == "承包":
        is_contractor = CONTRACTOR.match(after) and not VENUE_ROOM.search(before)
        return bool(is_contractor or WORKS_BEFORE.search(before) or WORKS_AFTER.match(after))
    if GIVEN.match(after):
        return False
    if EQUIPMENT_BEFORE.search(before) or EQUIPMENT_AFTER.match(after):
        return True
    if re.search(PARTNER, before + after):
        return False
    hires = word in ("租用", "承租") and VENUE_BEFORE.search(before)
    return bool(hires or USERS_BEFORE.search(before))

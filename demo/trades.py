"""What a cooperation is about, by trade: the words in which the demo's plans differ."""

from dataclasses import dataclass

Asset = tuple[str, str, str]  # name, quantity, amount in yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """The facts and figures that plans of one trade share."""

    content: str
    for_workers: str
    for_members: str
    for_grassroots: str
    policy: str
    strength: str
    investment: str
    assets: tuple[Asset, ...]
    services: tuple[tuple[str, str, str, str], ...] = ()  # name, description, price, unit


SPORTS = Trade(
    content="日常运营、职工培训和赛事活动",
    for_workers="每年面向职工群众开放 320 天、公益课时 600 课时。",
    for_members="工会会员凭卡预约，全年不少于 2 万人次，享受六折。",
    for_grassroots="每年为基层工会承办赛事和活动 30 场。",
    policy="属鼓励发展的职工文体和服务消费，不涉及限制类、淘汰类。",
    strength="专职教练和管理人员 42 人，近两年财务审计无保留意见。",
    investment="3200000.00",
    assets=(("专业器材", "60", "1800000.00"), ("灯光和地面改造", "1", "1400000.00")),
    services=(
        ("游泳健身", "每场两小时，含更衣淋浴", "30", "场"),
        ("职工游泳公益课", "暑期每周六上午", "0", "课"),
        ("青少年游泳培训", "职工子女，每期 15 课", "1080", "期"),
    ),
)
ARTS = Trade(
    content="公益课程、群众文艺排练和展演",
    for_workers="每年开设公益艺术课 480 课时、展演 24 场。",
    for_members="工会会员凭卡报名，全年不少于 8000 人次，享受六折。",
    for_grassroots="每年为基层工会送课 40 次、指导文艺团队 20 支。",
    policy="属鼓励发展的公共文化和职工教育服务，不涉及限制类、淘汰类。",
    strength="专职教师 26 人，其中高级职称 5 人，近两年财务审计无保留意见。",
    investment="860000.00",
    assets=(("乐器和教具", "48", "520000.00"), ("音响和舞台设备", "1", "340000.00")),
    services=(
        ("职工书画课", "春秋两季，每季 12 课时", "0", "人"),
        ("职工合唱排练", "周末排练厅", "0", "场"),
        ("器乐小班", "每班不超过 8 人，每期 12 课", "720", "期"),
    ),
)
CARE = Trade(
    content="疗休养、康复理疗和健康管理",
    for_workers="每年接待职工疗休养 3600 人次，公益义诊 24 场。",
    for_members="工会会员凭介绍信预约，全年不少于 2400 人次，享受七折。",
    for_grassroots="每年为基层工会组织一线职工疗休养 30 批次。",
    policy="属鼓励发展的健康服务，不涉及限制类、淘汰类。",
    strength="执业医师 12 人、康复治疗师 18 人，近两年财务审计无保留意见。",
    investment="4600000.00",
    assets=(("康复理疗设备", "86", "3100000.00"), ("水疗区改造", "1", "1500000.00")),
    services=(
        ("职工疗休养", "五天四晚，含食宿和体检", "1680", "人"),
        ("康复理疗", "每次 40 分钟", "120", "次"),
        ("公益义诊", "每月第二个周六", "0", "次"),
    ),
)
HOTEL = Trade(
    content="客房、会务和疗休养接待的日常运营",
    for_workers="每年接待职工疗休养 2800 人次，公益会场 60 天。",
    for_members="工会会员凭卡入住，全年不少于 5000 间夜，享受七折。",
    for_grassroots="每年为基层工会承办培训和会议 40 场。",
    policy="属鼓励发展的旅游和会务服务，不涉及限制类、淘汰类。",
    strength="持证管理人员 16 人，近两年财务审计无保留意见。",
    investment="5400000.00",
    assets=(("客房设施", "96", "3000000.00"), ("消防和电梯改造", "1", "2400000.00")),
    services=(
        ("标准间", "含双早，职工疗休养团队优先", "260", "间夜"),
        ("会议室", "60 座，含投影和茶水", "400", "半天"),
        ("基层工会培训会场", "每月免费四天，须提前十天预约", "0", "天"),
    ),
)
TRAINING = Trade(
    content="技能培训、学历提升和就业指导",
    for_workers="每年免费培训职工 1200 人次、公益讲座 24 场。",
    for_members="工会会员凭卡报名，全年不少于 900 人次，享受六折。",
    for_grassroots="每年为基层工会定制培训 20 期。",
    policy="属鼓励发展的职业教育和培训服务，不涉及限制类、淘汰类。",
    strength="专兼职教师 38 人，近三年培训合格率九成以上，财务审计无保留意见。",
    investment="1200000.00",
    assets=(("实训设备", "40", "900000.00"), ("多媒体教室", "3", "300000.00")),
)
DIGITAL = Trade(
    content="预约、客流和安全监测系统及场馆日常运营",
    for_workers="每年面向职工群众开放 330 天，公益时段每天四小时。",
    for_members="工会会员线上预约，全年不少于 1.5 万人次，享受六折。",
    for_grassroots="每年为基层工会免费安排活动场地 40 场。",
    policy="属鼓励发展的数字化公共服务，不涉及限制类、淘汰类。",
    strength="技术和运营人员 30 人，同类系统在六个场馆运行，财务审计无保留意见。",
    investment="2100000.00",
    assets=(("预约和闸机系统", "1", "1200000.00"), ("安全监测设备", "24", "900000.00")),
)
RETAIL = Trade(
    content="文创展示、职工书屋和配套便民服务的日常运营",
    for_workers="职工书屋每年开放 320 天，便民服务享受优惠价。",
    for_members="工会会员凭卡享受八折。",
    for_grassroots="每年为基层工会提供活动物资配送 20 次。",
    policy="属配套便民服务，不涉及限制类、淘汰类。",
    strength="管理人员 12 人，在西安经营同类场所两处。",
    investment="1600000.00",
    assets=(("货架和收银设备", "30", "600000.00"), ("门面和水电改造", "1", "1000000.00")),
)
MEDIA = Trade(
    content="内容制作和线上传播",
    for_workers="每年制作面向职工的短视频 300 条、直播 60 场。",
    for_members="工会会员免费参加通讯员培训，全年不少于 1200 人次。",
    for_grassroots="每年为基层工会制作专题 40 个。",
    policy="属鼓励发展的文化传播服务，不涉及限制类、淘汰类。",
    strength="专职采编和技术人员 38 人，近两年财务审计无保留意见。",
    investment="1600000.00",
    assets=(("拍摄和直播设备", "24", "980000.00"), ("融媒体系统", "1", "620000.00")),
)

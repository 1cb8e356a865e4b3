"""Words of the venues."""

from django.db.models import TextChoices


class VenueKind(TextChoices):
    """第二条: the ten kinds of venue the regulation names, and whatever 「等」 admits."""

    CULTURAL_PALACE = "cultural_palace", "工人文化宫"
    CADRE_COLLEGE = "cadre_college", "工会干部院校"
    WORKERS_SCHOOL = "workers_school", "职工学校"
    SPORTS_VENUE = "sports_venue", "职工文体活动场馆"
    NEWSPAPER = "newspaper", "工会报社"
    SANATORIUM = "sanatorium", "工人疗休养院"
    HOTEL = "hotel", "工会宾馆"
    TRAVEL_AGENCY = "travel_agency", "职工旅行社"
    SERVICE_CENTRE = "service_centre", "职工服务中心"
    MUTUAL_AID = "mutual_aid", "职工互助保障组织"
    OTHER = "other", "其他"

    @property
    def number(self) -> str:
        """The two digits that stand for the kind in a venue's code."""
        return "99" if self is VenueKind.OTHER else f"{list(VenueKind).index(self) + 1:02d}"


class LegalForm(TextChoices):
    """What the venue is in law."""

    ENTERPRISE = "enterprise", "企业"
    INSTITUTION = "institution", "事业单位"
    ASSOCIATION = "association", "社会团体"
    INTERNAL = "internal", "内设机构"


class VenueStatus(TextChoices):
    """Whether the venue still stands."""

    ACTIVE = "active", "运行中"
    SUSPENDED = "suspended", "暂停运行"
    MERGED = "merged", "已合并"
    CLOSED = "closed", "已关闭"

    @property
    def tone(self) -> str:
        return {"active": "ok", "suspended": "warn"}.get(self.value, "idle")


class ReadinessState(TextChoices):
    """Where a self-assessment stands."""

    DRAFT = "draft", "自评中"
    SUBMITTED = "submitted", "待审核"
    READY = "ready", "具备条件"
    NOT_READY = "not_ready", "暂不具备条件"

    @property
    def tone(self) -> str:
        return {"draft": "info", "submitted": "warn", "ready": "ok", "not_ready": "bad"}[self.value]


class Conclusion(TextChoices):
    """What the venue says of one item; empty until it has said."""

    MET = "met", "具备"
    UNMET = "unmet", "不具备"


class ReadinessCode(TextChoices):
    """第九条: the four basic conditions, by their rule codes."""

    FACILITIES = "9-1", "阵地及基本服务设施"
    STAFF = "9-2", "专职工作人员"
    CAPACITY = "9-3", "经济基础、管理水平和改革创新能力"
    DRIVE = "9-4", "内在动力"

"""What the gallery of components shows: every component in every state."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator

from analytics.dates import Step, links_of
from contracts.rules.picture import term_bar
from core.errors import Reason
from core.procedure import Side, Turn
from documents.forms import UploadField

MOMENT = datetime(2026, 11, 18, 1, 47, tzinfo=UTC)
VERDICTS = [
    ("agree", "同意"),
    ("conditional", "附条件"),
    ("return", "退回补正"),
    ("oppose", "不同意"),
]
MODES = [("inward", "对内合作"), ("outward", "对外合作：引入社会力量，按第十四条第二项办理")]
GROUPS = [("model", "劳模工匠"), ("poor", "困难职工"), ("member", "工会会员")]


class OpinionForm(forms.Form):
    command_id = forms.CharField(widget=forms.HiddenInput, initial="c-1")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=3)
    verdict = forms.ChoiceField(label="结论", choices=VERDICTS, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="意见",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回、不同意须写明理由。",
        error_messages={"required": "请填写“意见”。"},
    )
    amount = forms.DecimalField(label="年固定收益", required=False, min_value=0)
    starts_on = forms.DateField(
        label="开始日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    mode = forms.ChoiceField(label="合作方式", choices=MODES, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="类别", choices=MODES, required=False)
    groups = forms.MultipleChoiceField(
        label="优惠对象", choices=GROUPS, widget=forms.CheckboxSelectMultiple
    )
    evidence = UploadField(label="证明材料", required=False)
    confirmed = forms.BooleanField(label="已核对：合作方不使用阵地印章、票据和账户")

    def clean(self):
        raise ValidationError("协议期限超过五年，需要先办理例外。", code="13-4-4")


class ExpertForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=20)
    field = forms.ChoiceField(label="专业", choices=[("law", "律师"), ("trade", "行业专家")])


class QueryForm(forms.Form):
    q = forms.CharField(label="名称", required=False)
    kind = forms.ChoiceField(label="方式", choices=[("", "全部"), *MODES], required=False)


ExpertRows = forms.formset_factory(ExpertForm, extra=2, max_num=20, can_delete=True)


def refused_form() -> OpinionForm:
    """A bound form with errors on the form and on fields."""
    typed = {
        "command_id": "c-1",
        "version": "3",
        "verdict": "conditional",
        "opinion": "",
        "amount": "-1",
        "starts_on": "",
        "mode": "outward",
    }
    return OpinionForm(typed)


def context() -> dict:
    """The context of templates/core/components.html."""
    return {**shell(), **content()}


def content() -> dict:
    """What the page shows; the frame around it is the portal's own."""
    return {**_numbers(), **_lists(), **_days(), **_facts(), **_forms()}


def shell() -> dict:
    """The frame of the page."""
    return {
        "nav": navigation(),
        "demo_day": date(2026, 11, 20),
        "unread_count": 3,
    }


def _numbers() -> dict:
    """Steps, tabs, tiles, figures, a page of a list."""
    return {
        "crumbs": [{"label": "方案审批", "url": "/proposals/"}, {"label": "HZ-2026-0017"}],
        "steps": [
            {"label": "充分论证", "state": "done"},
            {"label": "形式审查", "state": "done"},
            {"label": "部门会签 2/4", "state": "now"},
            {"label": "法律审查", "state": "bad"},
            {"label": "集体决策", "state": "todo"},
            {"label": "批复", "state": "todo"},
            {"label": "依法签约", "state": "todo", "url": "#small"},
        ],
        "tabs": [
            {"label": "待办", "url": "#small", "current": True, "count": 7},
            {"label": "已办", "url": "#s1", "current": False, "count": None},
            {"label": "我发起", "url": "#forms", "current": False, "count": 0},
        ],
        "tiles": [
            {"label": "待办", "value": 7, "url": "#small", "tone": "info"},
            {"label": "即将超期", "value": 2, "url": "#small", "tone": "warn", "hint": "3 日内"},
            {"label": "已超期", "value": 1, "tone": "bad"},
            {"label": "90 天内到期", "value": 1, "hint": "合同"},
        ],
        "figures": [
            {"label": "合作期限", "value": "5 年"},
            {"label": "评估值", "value": "62.3 万元"},
            {"label": "合作方投资", "value": "320 万元"},
            {"label": "职工公益时段", "value": "≥ 40%"},
        ],
        "moment": MOMENT,
        "page": Paginator(range(45), 20).page(2),
    }


def _lists() -> dict:
    """Reasons, tasks, progress, timeline, index."""
    return {
        "reasons": [
            Reason("资产评估报告还没有上传。", code="13-2-1"),
            Reason("专家意见只有 1 份，至少 2 份。", code="", field="experts"),
        ],
        "tasks": [
            {"label": "项目概况", "url": "#s1", "state": "已完成", "tone": "ok", "hint": ""},
            {
                "label": "合作对象",
                "url": "#tables",
                "state": "需补正",
                "tone": "bad",
                "hint": "1 处",
            },
            {"label": "资产评估", "url": "#s1", "state": "填写中", "tone": "info", "hint": ""},
            {"label": "论证材料", "url": "", "state": "未开始", "tone": "idle", "hint": ""},
        ],
        "parts": [
            {"name": "财务", "tone": "ok", "label": "同意"},
            {"name": "经审", "tone": "warn", "label": "附条件"},
            {"name": "组织人事", "tone": "info", "label": "由我办理"},
            {"name": "纪委", "tone": "idle", "label": "待办"},
        ],
        "events": events(),
        "items": [
            {"label": "项目概况", "url": "#s1", "current": True, "badge": "", "tone": ""},
            {
                "label": "合作对象",
                "url": "#tables",
                "current": False,
                "badge": "1 处待核",
                "tone": "warn",
            },
            {"label": "合同要素", "url": "#alerts", "badge": "", "tone": "ok", "changes": 4},
            {"label": "负面清单", "url": "#empty", "current": False, "badge": "", "tone": "bad"},
        ],
    }


def _days() -> dict:
    """A chain of days with one out of order and one to come; terms under and over five years."""
    today = date(2026, 11, 20)
    steps = [
        Step("论证完成", date(2026, 8, 3), "#days"),
        Step("阵地集体决策", date(2026, 8, 12)),
        Step("报送", date(2026, 8, 10)),
        Step("合同签订", None),
    ]
    scores = (
        ("职工满意度", "20.80", "40", 520, "bad"),
        ("公益服务量", "14.38", "15", 958, "ok"),
        ("主责主业占比", "7.00", "10", 700, "warn"),
    )
    names = ("name", "points", "weight", "length", "tone")
    marks = [{**dict(zip(names, row, strict=True)), "is_core": row[2] == "40"} for row in scores]
    return {
        "marks": marks,
        "chain": links_of(steps),
        "term": term_bar(date(2024, 1, 20), date(2027, 1, 19), today=today, is_running=True),
        "long_term": term_bar(date(2026, 3, 1), date(2034, 2, 28), today=today, is_running=False),
    }


def _facts() -> dict:
    """What is next, an amount in every spelling, facts of a description."""
    return {
        "turn": Turn(label="确认等次", side=Side.SECOND),
        "day": date(2026, 11, 27),
        "amount": Decimal("13450005.20"),
        "nothing": None,
        "facts": [
            {"label": "评估机构", "value": "陕西秦评样例资产评估有限公司"},
            {"label": "报告编号", "value": "秦评样例字〔2026〕第 1117 号", "url": "#description"},
            {"label": "有效期至", "value": "2027-10-28", "code": "13-4-1"},
            {"label": "对应条款", "value": ""},
            {"label": "评估方法", "value": "收益法、成本法", "wide": True},
        ],
    }


def _forms() -> dict:
    """Forms: empty, refused, with rows."""
    return {
        "query": QueryForm(),
        "form": OpinionForm(),
        "refused": refused_form(),
        "rows": ExpertRows(prefix="experts"),
        "uploads": OpinionForm(auto_id="gallery_%s"),
        "upload_rows": _upload_rows(),
    }


def _upload_rows() -> list[dict]:
    """One file in each state of an upload."""
    blank = {"tone": "", "percent": None, "act": "", "size": 183_000}
    return [
        {**blank, "name": "审计报告.pdf", "state": "随表单一起上传", "act": "移除"},
        {
            **blank,
            "name": "旧合同.doc",
            "tone": "bad",
            "state": "不接收 .doc 类型的文件，请另存为 PDF、JPG、PNG、DOCX 或 XLSX 后再选择。",
            "act": "移除",
        },
        {**blank, "name": "信用报告.pdf", "state": "正在上传 62%", "percent": 62},
        {
            **blank,
            "name": "评估报告.pdf",
            "tone": "bad",
            "state": "上传中断，文件尚未保存",
            "act": "重试",
        },
        {**blank, "name": "营业执照.pdf", "tone": "ok", "state": "已保存，SHA-256 3f2a91bc"},
    ]


def navigation() -> list[dict]:
    """The top bar of a reviewer."""
    labels = [
        ("工作台", "/", 7),
        ("方案审批", "/proposals/", 0),
        ("合作项目", "/cooperations/", 0),
        ("服务阵地", "/venues/", 0),
        ("合作方", "/partners/", 0),
        ("会议", "/meetings/", 0),
        ("报告", "/reports/", 0),
        ("考核评价", "/evaluations/", 0),
        ("细则", "/rules/", 0),
        ("留痕", "/audit/", 0),
    ]
    return [
        {"label": label, "url": url, "current": url == "/proposals/", "count": count}
        for label, url, count in labels
    ]


def events() -> list[dict]:
    """A timeline with a system event, a verdict with text, and one without."""
    blank = {"position": "", "tone": "", "label": "", "text": "", "at": MOMENT}
    return [
        {**blank, "who": "", "what": "申报单位提交 v1"},
        {
            **blank,
            "who": "赵文静",
            "position": "资产监管部",
            "what": "形式审查",
            "tone": "warn",
            "label": "退回补正",
            "text": "合作期限 6 年，超出第十三条“原则上不超过 5 年”；\n请附资产评估报告。",
        },
        {
            **blank,
            "who": "刘建国",
            "position": "财务",
            "what": "会签",
            "tone": "ok",
            "label": "同意",
        },
    ]

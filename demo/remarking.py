"""Comments on sections: one still open, one answered, one settled."""

from approvals.models import Thread
from approvals.services import threads
from demo.walk import Walk


def remark_on_theatre(walk: Walk) -> None:
    """The asset department asks about one answer before it returns the plan; nobody answered yet."""
    _ask(
        walk, "discounts", "workers_in_need",
        "免费票凭什么证件领取、在哪个窗口领取，请在方案中写明。", duty="officer",
    )  # fmt: skip


def remark_on_training(walk: Walk) -> None:
    """The fund review asks and is answered; the finance department asks and is content."""
    thread = _ask(
        walk, "contract_elements", "income_distribution",
        "按季结算从哪一季起算没有写明，请写明首个结算季度和对账人。", duty="fund_review",
    )  # fmt: skip
    _answer(walk, thread, "首个结算季度为 2027 年第二季度，双方对账人在合同附件中列明。")
    settled = _ask(
        walk, "discounts", "workers_in_need",
        "每期 12 个名额由谁核定？", duty="finance",
    )  # fmt: skip
    _answer(walk, settled, "由职工学校工会按困难职工档案核定，名单在服务窗口公示。")
    settled.refresh_from_db()
    threads.resolve_thread(
        thread=settled, version=settled.version, by=walk.officer("finance"), at=walk.now
    )


def _ask(walk: Walk, section: str, field: str, text: str, *, duty: str) -> Thread:
    return threads.open_thread(
        proposal=walk.plan(), section=section, field=field, text=text,
        by=walk.officer(duty), at=walk.now,
    )  # fmt: skip


def _answer(walk: Walk, thread: Thread, text: str) -> None:
    threads.reply_to_thread(thread=thread, text=text, by=walk.staff, at=walk.now)

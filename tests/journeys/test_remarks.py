"""A comment is asked, answered and settled in the browser; an upload survives a broken line."""

import pytest

from tests.journeys.hand import paper
from tests.journeys.road import Road

QUESTION = "请写明周末和寒暑假的开放时间。"
ANSWER = "周末 9:00 至 21:00，寒暑假同周末。"
MEASURES = "每日巡检两次，责任到人，记录留存三年。"
RETURNED = "西安东城工人文化宫职工小剧场合作运营方案"  # of the demo: back at the venue
WAITING = "西安职工学校职工艺术培训合作运营方案"  # two departments have signed
WRONG_KIND = {"name": "旧合同.doc", "mimeType": "application/msword", "buffer": b"x"}


def plan_of(road: Road, username: str, title: str) -> str:
    """The address of a plan, as its reader finds it in the list."""
    hand = road.by(username).open("/proposals/")
    link = hand.page.locator("main").get_by_role("link", name=title).first.get_attribute("href")
    return "/".join(link.split("/")[:3]) + "/"


@pytest.mark.journey
def test_a_comment_is_asked_answered_and_settled(road: Road):
    """The officer asks about a section; the venue answers where it mends; the officer settles.

    1. 批注 in the card opens the form with the caret in it; nothing else on the page moves.
    2. The thread stands in the card, counted in the index.
    3. The venue finds it on its task list and answers beside the form of that section.
    4. 标记已解决 folds it away and takes it off the index.
    """
    plan = plan_of(road, "venue.staff", RETURNED)
    officer = road.by("asset.officer").open(f"{plan}review/")
    card = officer.page.locator("#section-overview")
    card.locator("[data-comment-open]").click()
    form = card.locator("form.thread-new")
    form.wait_for(state="visible")
    assert form.locator("textarea").evaluate("one => one === document.activeElement")
    assert officer.page.evaluate("document.scrollingElement.scrollTop") == 0

    officer.fill({"批注内容": QUESTION}, within=form)
    officer.press("提交批注", within=form).says("已批注“项目概况”", QUESTION)
    assert officer.page.locator(".toc li").first.locator(".pins").inner_text().startswith("1")

    venue = road.by("venue.staff").open(f"{plan}edit/").says("未解决的批注", QUESTION)
    venue.follow("项目概况", within=venue.page.locator("#threads"))
    thread = venue.page.locator("article.thread").filter(has_text=QUESTION)
    thread.locator("summary").click()
    venue.fill({"回复内容": ANSWER}, within=thread)
    venue.press("提交回复", within=thread).says(ANSWER)
    assert "/edit/overview/" in venue.path

    officer.open(f"{plan}review/").says(ANSWER)
    thread = officer.page.locator("article.thread").filter(has_text=QUESTION)
    officer.press("标记已解决", within=thread).says("已解决的批注 1 条")
    assert officer.page.locator(".toc li").first.locator(".pins").count() == 0
    road.assert_fits()
    road.assert_quiet()


@pytest.mark.journey
def test_an_upload_survives_a_broken_line(road: Road):
    """The venue adds a file while the connection breaks, and sends it again.

    1. A file of the wrong kind is told before anything is sent.
    2. The line breaks: 上传中断，文件尚未保存; what was typed and chosen is still there.
    3. 重试 sends it; the next page names the file, its size and its hash.
    """
    section = f"{plan_of(road, 'venue.staff', RETURNED)}edit/safety/"
    venue = road.by("venue.staff").open(section)
    page = venue.page
    field, state = page.locator("[data-upload] input[type=file]"), page.locator(".upload-state")
    field.set_input_files(WRONG_KIND)
    assert "不接收 .doc 类型的文件" in state.inner_text()
    page.get_by_role("button", name="保存", exact=True).click()
    assert venue.path == section

    measures = page.locator("textarea").first
    measures.fill(MEASURES)
    field.set_input_files(paper("应急预案"))
    page.route("**/edit/safety/", lambda route: route.abort("connectionreset"))
    page.get_by_role("button", name="保存并留在本页").click()
    page.get_by_text("上传中断，文件尚未保存").wait_for()
    assert measures.input_value() == MEASURES
    assert page.get_by_role("button", name="保存", exact=True).is_enabled()

    page.unroute("**/edit/safety/")
    venue.press("重试").says("已保存《应急预案.pdf》", "SHA-256", "“安全与应急”已保存")
    assert page.locator("textarea").first.input_value() == MEASURES
    venue.says("应急预案.pdf")
    complaints = [one for one in venue.visitor.complaints if "ERR_CONNECTION_RESET" not in one]
    assert complaints == []


@pytest.mark.journey
def test_a_file_is_read_and_remarked_on_one_screen(road: Road):
    """Beside a file the officer reads the watermarked page and writes without leaving it."""
    plan = plan_of(road, "asset.head", WAITING)
    officer = road.by("asset.head").open(f"{plan}review/")
    officer.page.locator("a.look").first.click()
    officer.page.wait_for_url("**/preview/")
    picture = officer.page.locator(".sheets img").first
    picture.wait_for()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 400
    officer.fill({"批注内容": "请补盖骑缝章。"}, within=officer.page.locator("form.thread-new"))
    officer.press("提交批注").says("请补盖骑缝章。")
    assert "/preview/?section=" in officer.path
    road.assert_fits()
    road.assert_quiet()

"""The printed page: fonts by file, nothing fetched, GB/T 9704 measured on the paper itself."""

import http.server
import itertools
import os
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from django.conf import settings as configured

from core.errors import ActionBlocked
from documents.checks import printing_is_equipped
from documents.printing import fonts, printer, render
from documents.printing.render import html_to_pdf
from tests.documents import paper

LINE = 28.95
FOUR = {
    "LXGW WenKai Light",
    "Noto Serif CJK SC Bold",
    "Noto Sans CJK SC Bold",
    "Noto Serif CJK SC",
}


@pytest.fixture(scope="module")
def grid() -> bytes:
    """Three pages of running text without a masthead, and with runs in other faces."""
    plain = "<p style='text-indent:0'>" + "国" * 28 * 40 + "</p>"
    mixed = (
        "<p style='text-indent:0'>"
        + "国<strong>黑</strong><em class='kaiti'>楷</em>国" * 7 * 24
        + "</p>"
    )
    source = (
        '{% extends "print/base_official.html" %}{% block masthead %}{% endblock %}'
        "{% block content %}" + plain + mixed + "{% endblock %}"
    )
    return html_to_pdf(paper.html_of(source), pictures=paper.CODE)


@pytest.fixture(scope="module")
def reply() -> bytes:
    html = paper.official(
        "<p>鄠邑区工人文化宫赵喆、李昇、王珺、张堃。</p><h2>一、同意实施</h2><h3>（一）期限</h3>"
        "<p>自2026年12月1日起。</p>",
        letterhead="西安市总工会文件",
        addressee="西安东城工人文化宫",
        signature="西安市总工会",
        signed_on="2026年11月20日",
        copy_to="省总工会资产监督管理部",
        printed_by="西安市总工会办公室",
        printed_on="2026年11月20日",
        attachments=["运营方案", "评估报告"],
    )
    return html_to_pdf(html, pictures=paper.CODE)


def test_exactly_the_five_roles_are_embedded(reply):
    assert paper.real_fonts(reply) == FOUR | {"LXGW WenKai"}


def test_pdffonts_sees_the_same_fonts_all_embedded(reply, tmp_path):
    path = tmp_path / "reply.pdf"
    path.write_bytes(reply)
    reader = pypdf.PdfReader(path)

    names = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert names == {
        "LXGW-WenKai-Light",
        "LXGW-WenKai",
        "Noto-Serif-CJK-SC-Bold",
        "Noto-Sans-CJK-SC-Bold",
        "Noto-Serif-CJK-SC",
    }


def test_rare_characters_come_out_as_text(reply):
    text = paper.text_of(reply)

    for character in "鄠喆昇珺堃〔〕":
        assert character in text


def test_chinese_forms_are_drawn_not_japanese():
    html = paper.form("<p class='songti'>直骨令</p><p class='xiaobiaosong'>直骨令</p><h2>直</h2>")

    assert "Noto Serif CJK JP" not in paper.real_fonts(html_to_pdf(html, pictures=paper.CODE))


def test_reply_carries_every_part_of_the_form(reply):
    text = paper.text_of(reply).replace("\r\n", "")

    for part in (
        "西安市总工会文件",
        "西工资〔2026〕17号",
        "西安东城工人文化宫：",
        "附件：1. 运营方案",
        "西安市总工会（盖章）",
        "抄送：省总工会资产监督管理部。",
        "2026年11月20日印发",
        "ABCDEFGH23",
        "电子文档仅供核对，以盖章件为准",
    ):
        assert part in text


def test_page_is_a4(reply):
    box = pypdf.PdfReader(BytesIO(reply)).pages[0].mediabox

    assert (round(float(box.width) / paper.MM), round(float(box.height) / paper.MM)) == (210, 297)


def body_lines(content: bytes, page: int):
    bottom = (297 - 35) * paper.MM + 6
    return [
        line for line in paper.lines_on(content, page) if line[0] <= bottom and len(line[1]) > 7
    ]


def test_a_page_holds_22_lines_of_28_characters(grid):
    lines = body_lines(grid, 1)

    assert len(lines) == 22
    assert [len(text) for _, text, _, _ in lines] == [28] * 22


def test_lines_stand_within_the_type_area(grid):
    lines = body_lines(grid, 1)

    assert min(left for _, _, left, _ in lines) / paper.MM == pytest.approx(28, abs=0.3)
    assert max(right for _, _, _, right in lines) / paper.MM <= 184.3
    assert max(right for _, _, _, right in lines) / paper.MM >= 183
    assert lines[0][0] / paper.MM < 37 + 10.3
    assert lines[-1][0] / paper.MM <= 297 - 35


@pytest.mark.parametrize("page", [1, 2])
def test_pitch_is_even_also_among_other_faces(grid, page):
    baselines = [line[0] for line in body_lines(grid, page)]
    steps = {round(b - a, 1) for a, b in itertools.pairwise(baselines)}

    assert all(abs(step - LINE) <= 0.11 for step in steps)
    assert (baselines[-1] - baselines[0]) / (len(baselines) - 1) == pytest.approx(LINE, abs=0.05)


def test_page_number_stands_right_on_odd_and_left_on_even_pages(grid):
    def number(page):
        return next(line for line in paper.lines_on(grid, page) if line[1] == f"—{page + 1}—")

    odd, even = number(0), number(1)

    assert (184 * paper.MM - odd[3]) == pytest.approx(14, abs=1.5)
    assert (even[2] - 28 * paper.MM) == pytest.approx(14, abs=1.5)


def test_imprint_ends_on_the_last_line_of_the_type_area(reply):
    last = next(
        line for line in paper.lines_on(reply, paper.pages_of(reply) - 1) if "印发" in line[1]
    )

    # 4号字 with 1 mm below it: its baseline stands some 10 pt above the last rule.
    assert (297 - 35) * paper.MM - last[0] == pytest.approx(10, abs=2)


def test_signature_never_stands_alone_on_a_page():
    for filler in range(11, 16):
        html = paper.official(
            "<p>" + "国" * 28 * filler + "</p>",
            letterhead="西安市总工会文件",
            signature="西安市总工会",
            signed_on="2026年11月20日",
            printed_by="办公室",
            printed_on="2026年11月20日",
        )
        content = html_to_pdf(html, pictures=paper.CODE)
        last = [line[1] for line in paper.lines_on(content, paper.pages_of(content) - 1)]

        assert any("国国" in text for text in last), filler


def test_form_repeats_its_header_and_counts_its_pages():
    rows = "".join(f"<tr><td>{n}</td><td>名称不变</td></tr>" for n in range(90))
    html = paper.form(
        "<table class='grid'><thead><tr><th>序号栏</th><th>事项</th></tr></thead>"
        + rows
        + "</table>"
    )

    content = html_to_pdf(html, pictures=paper.CODE)

    pages = paper.pages_of(content)
    assert pages > 1
    for page in range(pages):
        texts = [line[1] for line in paper.lines_on(content, page)]
        assert any("序号栏" in text for text in texts)
        assert any(f"第{page + 1}页共{pages}页" in text for text in texts)
        assert any("电子文档仅供核对，以盖章件为准" in text for text in texts)


def test_a_cell_longer_than_a_page_is_printed_whole():
    html = paper.form(
        "<table class='grid'><tr><th class='w18'>论证</th><td>"
        + "字" * 4000
        + "末</td></tr></table>"
    )

    text = paper.text_of(html_to_pdf(html, pictures=paper.CODE))

    assert text.count("字") == 4000
    assert "末" in text


def test_missing_glyph_stops_the_printing_and_is_named():
    with pytest.raises(ActionBlocked) as refusal:
        html_to_pdf(paper.form("<p>同意😀</p>"), pictures=paper.CODE)

    assert "U+1F600" in refusal.value.reasons[0].text


@pytest.fixture
def listener():
    """A server on this machine that must not be asked for anything."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/secret", asked
    server.shutdown()
    thread.join()
    server.server_close()


FETCHES = [
    "<img src='{url}'>",
    "<link rel=stylesheet href='{url}'>",
    "<link rel=attachment href='{url}'>",
    "<a rel=attachment href='{url}'>取</a>",
    "<style>@import url('{url}');</style>",
    "<style>body {{ background: url('{url}') }}</style>",
    "<style>@font-face {{ font-family: x; src: url('{url}') }}</style>",
    "<object data='{url}'></object>",
    "<embed src='{url}'>",
    "<ul style=\"list-style-image: url('{url}')\"><li>一</li></ul>",
]


@pytest.mark.parametrize("markup", FETCHES)
@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "http"])
def test_nothing_off_the_list_is_fetched(markup, scheme, listener):
    url, asked = listener
    target = url if scheme == "http" else scheme

    with pytest.raises(ActionBlocked):
        html_to_pdf(paper.form(markup.format(url=target)), pictures=paper.CODE)

    assert asked == []


@pytest.mark.parametrize("target", ["print:../../manage.py", "data:image/png;base64,AAAA", "//x/y"])
def test_own_scheme_is_no_way_out(target):
    with pytest.raises(ActionBlocked):
        html_to_pdf(paper.form(f"<img src='{target}'>"), pictures=paper.CODE)


def test_markup_typed_by_a_person_is_printed_as_text(listener):
    url, asked = listener
    typed = "".join(FETCHES).format(url=url)

    content = html_to_pdf(paper.form("<p>{{ typed }}</p>", typed=typed), pictures=paper.CODE)

    assert asked == []
    assert paper.text_of(content).count("<") >= len(FETCHES)


def test_a_hanging_page_is_stopped(monkeypatch):
    monkeypatch.setattr(printer, "WALL_SECONDS", 0.2)

    with pytest.raises(ActionBlocked, match="时间上限"):
        html_to_pdf(paper.form("<p>一</p>" * 20_000), pictures=paper.CODE)

    monkeypatch.undo()
    after = html_to_pdf(paper.form("<p>丁卯</p>"), pictures=paper.CODE)
    assert "丁卯" in paper.text_of(after)  # its own answer, not the late one


def test_a_worker_that_was_killed_is_replaced():
    html_to_pdf(paper.form("<p>一</p>"), pictures=paper.CODE)
    os.kill(printer.printer._worker.pid, signal.SIGKILL)
    printer.printer._worker.wait()

    assert html_to_pdf(paper.form("<p>二</p>"), pictures=paper.CODE).startswith(b"%PDF-")


def test_papers_asked_for_at_once_are_each_their_own():
    words = ["甲乙丙", "丁戊己", "庚辛壬", "子丑寅"]
    html = [paper.form(f"<p>{word}</p>") for word in words]

    with ThreadPoolExecutor(len(words)) as pool:
        printed = pool.map(lambda one: html_to_pdf(one, pictures=paper.CODE), html)

    assert [word in paper.text_of(one) for word, one in zip(words, printed, strict=True)] == [
        True
    ] * 4


def test_a_page_too_large_is_refused():
    with pytest.raises(ActionBlocked, match="内容过长"):
        html_to_pdf("字" * (render.HTML_LIMIT + 1))


def test_without_fonts_the_answer_is_the_command_to_run(monkeypatch, settings, tmp_path):
    settings.DOC_FONT_DIR = ""
    monkeypatch.setattr(fonts, "SYSTEM_FOLDERS", (tmp_path,))

    with pytest.raises(ActionBlocked, match=r"apt-get install -y .*fonts-lxgw-wenkai"):
        html_to_pdf(paper.form("<p>一</p>"))

    assert [message.id for message in printing_is_equipped(None)] == ["documents.W003"]


def test_this_machine_can_print():
    assert printing_is_equipped(None) == []


def test_a_font_put_under_the_name_of_its_role_wins(settings, tmp_path):
    shutil.copy(fonts.find_fonts()[0][1].path, tmp_path / "heiti.ttf")
    settings.DOC_FONT_DIR = str(tmp_path)

    content = html_to_pdf(paper.form("<h2>一、情况</h2>"), pictures=paper.CODE)

    assert "Noto Sans CJK SC Bold" not in paper.real_fonts(content)
    assert "LXGW WenKai" in paper.real_fonts(content)


def test_the_site_starts_without_loading_the_renderer():
    program = (
        "import django, sys; django.setup(); import documents.services;"
        "sys.exit('weasyprint' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(configured.BASE_DIR), check=False, env=None
    )

    assert done.returncode == 0

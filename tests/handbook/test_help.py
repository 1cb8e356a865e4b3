"""The help: every file becomes a page, every link in it leads somewhere, words are found."""

import re

import pytest
from django.urls import Resolver404, resolve

from handbook import chapters
from handbook.context_processors import CHAPTER_OF, PLAN_PAGES, help_of
from tests.notifications.conftest import signed_in, town

__all__ = ["town"]
FILES = sorted(chapters.FOLDER.glob("*.md"))
SLUGS = {one.slug for one in chapters.chapters()}


def test_every_file_is_a_chapter_with_a_title_and_a_lead():
    assert len(FILES) == len(chapters.chapters()) == 16
    for one in chapters.chapters():
        assert one.title
        assert one.lead.endswith("。")
        assert "<h1" not in one.html


def test_every_chapter_is_served(town):
    client = signed_in(town.officer)

    for one in chapters.chapters():
        answer = client.get(one.url)
        assert answer.status_code == 200
        assert one.title in answer.content.decode()


@pytest.mark.parametrize("one", chapters.chapters(), ids=lambda one: one.slug)
def test_every_link_of_a_chapter_leads_somewhere(one):
    links = re.findall(r'href="([^"]+)"', one.html)
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        try:
            match = resolve(path)
        except Resolver404:
            broken.append(link)
            continue
        if match.view_name == "handbook:chapter" and match.kwargs["slug"] not in SLUGS:
            broken.append(link)
        if anchor and not any(part.anchor == anchor for part in one.parts):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_links_between_files_work_in_the_repository_too(path):
    named = re.findall(r"\]\(([^)/:]+\.md)", path.read_text())

    assert [name for name in named if not (chapters.FOLDER / name).is_file()] == []


def test_headings_can_be_linked_to():
    chapter = chapters.chapter("review")

    assert 'id="会签"' in chapter.html


def test_raw_html_stays_text(tmp_path):
    path = tmp_path / "90-hostile.md"
    path.write_text("# 题\n\n导语。\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n")

    html = chapters._read(path).html

    assert "<script" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("回避", "会议 · 登记到会和表决"),
        ("两次 结果", "常见问题 · 点了两次会不会办两次"),
        ("PDF 批复", "批复"),
    ],
)
def test_words_are_found_where_they_stand(words, title):
    assert any(hit.title.startswith(title) for hit in chapters.search(words))


@pytest.mark.parametrize("words", ["", "   ", "没有这样的词", "<b>"])
def test_nothing_is_found_for_nothing(words):
    assert chapters.search(words) == []


def test_searching_shows_the_place_and_no_markup(town):
    client = signed_in(town.officer)

    found = client.get("/help/", {"q": "补录"}).content.decode()
    assert "<mark>补录</mark>" in found
    hostile = client.get("/help/", {"q": "<script>x"}).content.decode()
    assert "<script>x" not in hostile
    assert "没有找到" in hostile
    assert client.get("/help/", {"q": "长" * 41}).status_code == 200


def test_help_asks_the_database_for_the_person_only(town, django_assert_num_queries):
    client = signed_in(town.officer)
    client.get("/help/drafting/")

    with django_assert_num_queries(2):  # session, person with posts and unread
        client.get("/help/drafting/")


def test_a_missing_chapter_is_not_found_and_strangers_are_asked_to_log_in(town, client):
    assert signed_in(town.officer).get("/help/nowhere/").status_code == 404
    assert client.get("/help/")["Location"].startswith("/login/")


def test_every_page_leads_to_a_chapter_that_exists():
    named = {slug for _, slug in (*CHAPTER_OF, *PLAN_PAGES)}

    assert named - SLUGS == set()
    assert help_of("/proposals/new/") == "/help/drafting/"
    assert help_of("/proposals/x/review/") == "/help/review/"
    assert help_of("/proposals/x/reply/") == "/help/reply/"
    assert help_of("/") == "/help/"

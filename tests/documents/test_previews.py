"""Files looked at as pictures: who may, what is shown, that the watermark is really there."""

import uuid
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops

from accounts.roles import Role
from documents import services, storage
from documents.previewing import rasterise, watermark
from documents.previews import seal_of
from tests.documents import corpus

VENUE = uuid.uuid4()
CASE = uuid.uuid4()


@pytest.fixture
def officer(person, tree):
    return person(Role.ASSET_OFFICER, union=tree.xian, name="赵喆")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def keep(officer, tree, store, at):
    def put(name: str, content: bytes):
        return services.store_upload(
            upload=SimpleUploadedFile("a", content), name=name, by=officer, at=at,
            union=tree.xian, case_id=CASE, venue_id=VENUE,
        )  # fmt: skip

    return put


def spoil(attachment, content: bytes) -> None:
    """Put other bytes where the file lies: what a broken disk does."""
    storage.path_of(attachment.file.sha256).write_bytes(content)


def picture(response) -> Image.Image:
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    return Image.open(BytesIO(response.content))


def test_a_pdf_is_shown_page_by_page(client, officer, keep):
    attachment = keep("方案.pdf", corpus.pdf(pages=3))
    client.force_login(officer)

    page = client.get(f"/files/{attachment.pk}/preview/")
    text = page.content.decode()

    assert page.status_code == 200
    assert [one.number for one in page.context["preview"].pages] == [1, 2, 3]
    assert f"/files/{attachment.pk}/pages/3.png" in text
    assert "《方案.pdf》第 3 页，共 3 页" in text
    assert attachment.file.sha256[:8] in text
    shown = picture(client.get(f"/files/{attachment.pk}/pages/3.png"))
    assert shown.mode == "RGB"
    assert max(shown.size) <= rasterise.LONG_SIDE


def test_pictures_are_not_kept_on_the_way_and_have_no_rights(client, officer, keep):
    attachment = keep("方案.pdf", corpus.pdf())
    client.force_login(officer)

    response = client.get(f"/files/{attachment.pk}/pages/1.png")

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_watermark_changes_the_pixels_and_names_the_viewer(client, officer, person, tree, keep):
    attachment = keep("方案.pdf", corpus.pdf())
    address = f"/files/{attachment.pk}/pages/1.png"
    client.force_login(officer)
    mine = picture(client.get(address)).convert("RGB")
    client.force_login(person(Role.COUNSEL, union=tree.xian, name="何法务"))
    others = picture(client.get(address)).convert("RGB")

    bare = Image.open(rasterise.page_picture(attachment.file, 1))
    assert bare.getcolors() == [(bare.width * bare.height, (255, 255, 255))]  # a blank page
    inked = sum(count for count, colour in mine.getcolors(10**6) if colour != (255, 255, 255))
    assert inked / (mine.width * mine.height) > 0.01
    # In every quarter of the page, however it is cut.
    for left in (0, mine.width // 2):
        for top in (0, mine.height // 2):
            part = mine.crop((left, top, left + mine.width // 2, top + mine.height // 2))
            assert len(part.getcolors(10**6)) > 1
    assert ImageChops.difference(mine, others).getbbox() is not None


def test_the_watermark_says_who_from_where_and_when(person, tree, at):
    union_post = person(Role.ASSET_OFFICER, union=tree.xian, name="赵喆")
    expert = person(Role.EXPERT, name="郑律")

    assert seal_of(union_post, at) == ("赵喆　西安市总工会", "2026-11-20 10:20")
    assert seal_of(expert, at) == ("郑律　外聘律师、行业专家", "2026-11-20 10:20")


def test_a_watermark_stands_on_dark_and_on_small_pictures(tmp_path):
    for number, (size, colour) in enumerate([((900, 600), "black"), ((40, 30), "white")]):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", size, colour).save(path)

        seen = Image.open(BytesIO(watermark.watermarked(path, ("王敏　西安", "2026-11-20 10:20"))))

        assert len(seen.getcolors(10**6)) > 1, colour


def test_three_hundred_pages_are_capped(client, officer, keep):
    attachment = keep("长卷.pdf", corpus.pdf(pages=300))
    client.force_login(officer)

    page = client.get(f"/files/{attachment.pk}/preview/")

    assert len(page.context["preview"].pages) == 50
    assert "全文共 300 页，这里只显示前 50 页，其余请下载查看。" in page.content.decode()
    assert client.get(f"/files/{attachment.pk}/pages/50.png").status_code == 200
    for beyond in (0, 51, 300, 301):
        assert client.get(f"/files/{attachment.pk}/pages/{beyond}.png").status_code == 404


def test_only_the_pages_near_the_one_asked_for_are_made(client, officer, keep, settings):
    attachment = keep("长卷.pdf", corpus.pdf(pages=20))
    client.force_login(officer)

    client.get(f"/files/{attachment.pk}/pages/10.png")

    made = sorted(
        int(path.stem.partition("-")[2]) for path in settings.VAR_DIR.rglob("previews/**/*.png")
    )
    assert made == [9, 10, 11, 12]


def test_pictures_are_made_once_and_lie_under_the_hash(client, officer, keep, settings):
    first = keep("甲.pdf", corpus.pdf())
    client.force_login(officer)
    client.get(f"/files/{first.pk}/pages/1.png")
    (kept,) = settings.VAR_DIR.rglob("previews/**/*.png")
    made = kept.stat().st_mtime_ns

    second = services.store_upload(
        upload=SimpleUploadedFile("a", corpus.pdf()), name="乙.pdf", by=officer,
        at=first.uploaded_at, union=first.unit_2, case_id=uuid.uuid4(), venue_id=VENUE,
    )  # fmt: skip
    assert client.get(f"/files/{second.pk}/pages/1.png").status_code == 200

    assert kept.name == f"{first.file.sha256}-1.png"
    assert kept.stat().st_mtime_ns == made


def test_a_photograph_is_turned_upright_and_loses_what_it_carried(client, officer, keep):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "西安东城 34.27 108.95"
    attachment = keep("现场.jpg", corpus.image("JPEG", (60, 40), exif=exif))
    client.force_login(officer)

    response = client.get(f"/files/{attachment.pk}/pages/1.png")

    shown = picture(response)
    assert shown.size == (40, 60)
    assert not shown.getexif()
    assert b"108.95" not in response.content


def test_large_pictures_and_pages_are_scaled_down(client, officer, keep):
    wide = keep("全景.png", corpus.image("PNG", (6000, 3000)))
    client.force_login(officer)
    assert picture(client.get(f"/files/{wide.pk}/pages/1.png")).size == (1600, 800)

    def poster(document):
        document.pages[0].MediaBox = pikepdf.Array([0, 0, 14400, 14400])

    poster = keep("海报.pdf", corpus.pdf(poster))
    width, height = picture(client.get(f"/files/{poster.pk}/pages/1.png")).size
    assert width * height <= rasterise.PIXELS


@pytest.mark.parametrize(
    ("name", "content"), [("方案.docx", corpus.docx), ("表.xlsx", corpus.xlsx)]
)
def test_office_files_are_downloaded(client, officer, keep, name, content):
    attachment = keep(name, content())
    client.force_login(officer)

    page = client.get(f"/files/{attachment.pk}/preview/")

    assert page.status_code == 200
    assert "此类文件请下载查看" in page.content.decode()
    assert f'href="/files/{attachment.pk}/"' in page.content.decode()
    assert client.get(f"/files/{attachment.pk}/pages/1.png").status_code == 404


def encrypted() -> bytes:
    return corpus.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("方案.pdf", encrypted(), "设有密码，无法预览"),
        ("方案.pdf", b"%PDF-1.7 nothing that follows", "已损坏，无法预览"),
        ("方案.pdf", corpus.pdf()[:200], "已损坏，无法预览"),
        ("照片.png", corpus.image("PNG", (400, 300))[:300], "已损坏，无法预览"),
        ("照片.jpg", b"\xff\xd8\xff\xe0 nothing", "已损坏，无法预览"),
        ("照片.png", corpus.png_bomb(), "过大或过于复杂"),
    ],
)
def test_a_file_that_cannot_be_shown_says_so(client, officer, keep, name, content, sentence):
    sound = (
        corpus.pdf()
        if name.endswith("pdf")
        else corpus.image("PNG" if name.endswith("png") else "JPEG")
    )
    attachment = keep(name, sound)
    spoil(attachment, content)
    client.force_login(officer)

    page = client.get(f"/files/{attachment.pk}/preview/")
    image = client.get(f"/files/{attachment.pk}/pages/1.png")

    assert (page.status_code, image.status_code) == (422, 422)
    assert sentence in page.content.decode()
    assert sentence in image.content.decode()
    assert f'href="/files/{attachment.pk}/"' in page.content.decode()


def test_a_file_that_is_gone_is_not_found(client, officer, keep):
    attachment = keep("方案.pdf", corpus.pdf())
    storage.path_of(attachment.file.sha256).unlink()
    client.force_login(officer)

    assert client.get(f"/files/{attachment.pk}/preview/").status_code == 404
    assert client.get(f"/files/{attachment.pk}/pages/1.png").status_code == 404


def test_a_page_that_takes_too_long_is_given_up(keep, monkeypatch):
    monkeypatch.setattr(rasterise, "WALL_SECONDS", 0.01)

    with pytest.raises(rasterise.NoPreview) as refusal:
        rasterise.page_picture(keep("方案.pdf", corpus.pdf()).file, 1)

    assert "没有完成" in refusal.value.text


def test_without_its_font_nothing_is_shown_bare(client, officer, keep, monkeypatch):
    attachment = keep("方案.pdf", corpus.pdf())
    monkeypatch.setattr(watermark.fonts, "SYSTEM_FOLDERS", ())
    watermark._font.cache_clear()
    client.force_login(officer)

    response = client.get(f"/files/{attachment.pk}/pages/1.png")

    watermark._font.cache_clear()
    assert response.status_code == 422
    assert "缺少加注水印所需的字体" in response.content.decode()


def test_previews_go_where_downloads_go(client, person, tree, keep):
    attachment = keep("方案.pdf", corpus.pdf())
    people = {
        200: [person(Role.AUDITOR, union=tree.province), person(Role.COUNSEL, union=tree.xian),
              person(Role.VENUE_STAFF, venue_id=VENUE)],
        404: [person(Role.ASSET_OFFICER, union=tree.baoji),
              person(Role.ASSET_OFFICER, union=tree.beilin),
              person(Role.VENUE_MANAGER, venue_id=uuid.uuid4())],
        403: [person(Role.SYSTEM_ADMIN)],
    }  # fmt: skip
    for status, users in people.items():
        for user in users:
            client.force_login(user)
            for path in ("preview/", "pages/1.png", f"preview/?beside={uuid.uuid4()}"):
                expected = 302 if status == 200 and "beside" in path else status
                assert client.get(f"/files/{attachment.pk}/{path}").status_code == expected


def test_foreign_and_missing_previews_answer_alike(client, person, tree, keep):
    client.force_login(person(Role.ASSET_OFFICER, union=tree.baoji))
    foreign, missing = keep("方案.pdf", corpus.pdf()).pk, uuid.uuid4()

    for path in ("preview/", "pages/1.png"):
        answers = {client.get(f"/files/{pk}/{path}").status_code for pk in (foreign, missing)}
        assert answers == {404}


def test_beside_leads_to_the_page_of_the_matter(client, officer, keep):
    attachment, matter = keep("方案.pdf", corpus.pdf()), uuid.uuid4()
    client.force_login(officer)

    led = client.get(f"/files/{attachment.pk}/preview/?beside={matter}")

    assert led["Location"] == f"/proposals/{matter}/files/{attachment.pk}/preview/"
    for wrong in ("1", "nobody", "//evil.example", "%00"):
        answer = client.get(f"/files/{attachment.pk}/preview/?beside={wrong}")
        assert answer.status_code == 404


def test_looking_writes_nothing(client, officer, keep, django_assert_num_queries):
    attachment = keep("方案.pdf", corpus.pdf())
    client.force_login(officer)
    address = f"/files/{attachment.pk}/pages/1.png"
    client.get(address)

    # Session, person with posts, the attachment with its file.
    with django_assert_num_queries(3):
        assert client.get(address).status_code == 200

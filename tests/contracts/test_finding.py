"""Finding contracts in the list, and the form of one as a paper."""

from datetime import date

import pypdfium2

from contracts.models import Contract
from tests.contracts import builders
from tests.contracts.reading import body, download

QUERIES = [
    ("state=effective", True),
    ("state=draft", False),
    ("expiry=60", True),
    ("expiry=30", False),
    ("text=HZ-2026", True),
    ("text=HZ-1999", False),
    ("text=健行", True),
    ("text=ZCHT-610100", True),
    ("text=没有这个", False),
    ("cooperation=00000000-0000-4000-8000-000000000000", False),
    ("cooperation=x", True),
    ("state=nonsense", True),
    ("page=99999", False),
    ("page=x", True),
    ("text=" + "长" * 61, True),
]


def test_contracts_are_found(town, log_in):
    contract = builders.effective(town)
    Contract.objects.filter(pk=contract.pk).update(ends_on=date(2027, 1, 19))
    client = log_in(town["asset.officer"])

    own = f"cooperation={contract.cooperation_id}"

    for query, is_found in [*QUERIES, (own, True)]:
        answer = client.get(f"/contracts/?{query}")
        assert answer.status_code == 200, query
        assert (contract.number in body(answer)) is is_found, query
        assert ("还有 60 天" in body(answer)) is is_found, query


def _text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        assert 1 <= len(document) <= 4
        pages = [one.get_textpage().get_text_range() for one in document]
    return "".join("".join(pages).split())


def test_the_draft_form_says_that_it_is_one(town, log_in):
    contract = builders.drafted(town)
    answer = log_in(town["auditor"]).get(f"/contracts/{contract.pk}/filing-form.pdf")

    assert answer["Content-Type"] == "application/pdf"
    text = _text_of(answer.content)
    assert "草稿，未出具" in text
    assert "未备案" in text
    assert "None" not in text


def test_the_issued_form_prints_chapter_seven_in_order_and_is_kept(town, log_in):
    contract = builders.filed(town)
    client = log_in(town["auditor"])
    address = f"/contracts/{contract.pk}/filing-form.pdf"

    first = download(client, address)
    Contract.objects.filter(pk=contract.pk).update(title="改了名字")
    second = download(client, address)

    assert first == second
    text = _text_of(first)
    fields = [
        "ZCHT-610100-2026-0001", "HT-2026-0001", "职工羽毛球馆合作合同",
        "西安东城工人文化宫", "陕西健行体育有限公司", "91610000MA6TA1B2X3", "冯岚", "高健",
        "双方法定代表人", "2026年11月16日", "2026年12月1日", "2029年11月30日", "3年",
        "8a约束机制", "8b退出机制", "两次整改不到位的", "不得使用文书", "不得使用账户", "0178",
        "正信评报字〔2026〕118号", "3,200,000.00", "运动地板", "400,000.00", "例外审批",
        "合同扫描件.png", "周宁", "何法务",
    ]  # fmt: skip
    assert [one for one in fields if one not in text] == []
    places = [
        text.index(one) for one in ("8a约束机制", "不得使用文书", "3,200,000.00", "400,000.00")
    ]
    assert places == sorted(places)
    assert contract.filing_form.verify_code in text
    assert "None" not in text

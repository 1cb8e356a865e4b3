"""第十八条: each sentence by hand, and the signs its words show; a prohibition shows none."""

import pytest

from approvals.rules.lease import scan_text
from approvals.rules.negation import is_negated

OPERATIVE = [
    # an operative word
    ("承包费每年20万元。", ["DL-01", "DL-06"]),
    ("乙方承包羽毛球馆。", ["DL-06"]),
    ("将场馆出租给乙方经营。", ["DL-06"]),
    ("整体租赁给乙方。", ["DL-06"]),
    ("乙方租用二层场地。", ["DL-06"]),
    ("将职工活动中心租赁给乙方。", ["DL-06"]),
    ("将场馆及设备出租给乙方。", ["DL-06"]),
    ("二层公开招租，承租人自行装修。", ["DL-06"]),
    ("场馆承包商每季上缴利润。", ["DL-06"]),
    ("改造后承包给乙方经营。", ["DL-06"]),
    ("沿用以往的承包方式。", ["DL-06"]),
    ("阵地不能自营的场馆出租给乙方。", ["DL-06"]),
    ("每年支付二十万元。", ["DL-01"]),
    # the negation governs another verb, or falls away with consent
    ("乙方不得拖欠租金。", ["DL-02"]),
    ("乙方不得逾期缴纳租金。", ["DL-02"]),
    ("乙方不得拖欠水电费、租金。", ["DL-02"]),
    ("乙方不支付租金的，甲方催告。", ["DL-02"]),
    ("合作方不承担水电费，每年支付租金20万元。", ["DL-01", "DL-02"]),
    ("合作方不承担水电费、每年支付租金20万元。", ["DL-01", "DL-02"]),
    ("未经甲方书面同意不得转租。", ["DL-05"]),
    ("未经甲方书面同意，乙方不得将场地转租给第三方。", ["DL-05"]),
    ("除甲方同意外不得转租。", ["DL-05"]),
    ("甲方不得干预乙方承包经营。", ["DL-06"]),
    ("甲方不参与定价，乙方承包羽毛球馆。", ["DL-04", "DL-06"]),
    ("乙方不派员、承包羽毛球馆。", ["DL-06"]),
    ("甲方不限制乙方转租。", ["DL-05"]),
    ("甲方不得无故解除承包合同。", ["DL-06"]),
    ("不得改变用途但可以转租。", ["DL-05"]),
    ("乙方不得改变用途，承包期内自行装修。", ["DL-06"]),
    ("无偿出租给乙方。", ["DL-06"]),
    ("乙方在征得甲方同意后可转租部分场地。", ["DL-05"]),
    ("乙方不得拒绝支付租金。", ["DL-02"]),
    ("经营权可以转让给第三方。", ["DL-05"]),
    ("乙方承包经营羽毛球馆，甲方有权追究失职。", ["DL-06"]),
    ("乙方承包羽毛球馆，逾期的视为违约。", ["DL-06"]),
    ("未经同意转租的，甲方有权解除合同。", ["DL-05"]),
    ("乙方不仅承包羽毛球馆，还承包泳池。", ["DL-06"]),
]
FORBIDDEN = [
    "乙方不得转租。",
    "严禁以租代管。",
    "不以任何形式出租。",
    "不得将场地转租、分租。",
    "不得以任何形式（包括但不限于承包、出租）交他人经营。",
    "不得将全部或者部分场地转租、分租、承包经营、整体出租给他人。",
    "不得改变用途或转租。",
    "乙方不得改变用途、收取租金。",
    "不采取承包、租赁方式。",
    "合作方不支付租金，按收入分成。",
    "不收取租金、押金。",
    "不按 12 元/㎡ 计收。",
    "双方共担风险，不属于变相出租、承包。",
    "未见变相出租承包情形。",
    "没有转租、分租行为。",
    "防止变相出租。",
    "未经同意不得改变用途，严禁转租。",
    "不可以转租。",
    "收入不得进入合作方账户。",
    "门头不得使用合作方字号。",
    "合作方不得自主定价。",
    "不得将羽毛球馆整体或部分转租、转包给第三方，不得以承包方式经营。",
    "本合同不构成租赁或者承包关系。",
    "双方系合作关系，而非租赁关系。",
    "本项目不设保底收益。",
    "乙方不得以阵地名义对外招租。",
    "经营权不得转让。",
    "乙方不得单方提高收费或降低服务标准，不得转租。",
    "不得以租代管、承包经营或者变相出租。",
]
ELSEWHERE = [
    # it threatens, distinguishes, looks back
    "乙方擅自转租的，甲方有权解除合同。",
    "转租、分租即构成违约。",
    "如乙方转租场地，甲方有权解除合同。",
    "划清与“出租”“承包”之间的界限。",
    "该馆过去由个人承包，服务不稳定。",
    # it speaks of something else
    "由装修承包商负责施工。",
    "消防工程承包单位具备资质。",
    "职工可乘出租车到馆。",
    "为会员提供器材租赁服务。",
    "乙方租用专业音响。",
    "面向职工提供场地租用服务。",
    "会员租用场地八折。",
    "参考周边租赁市场价格。",
    "甲方租用市总房屋办公。",
]


@pytest.mark.parametrize(("text", "signs"), OPERATIVE)
def test_an_operative_word_is_a_sign(text, signs):
    assert sorted(hit.indicator.code for hit in scan_text(text)) == signs


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_prohibition_that_governs_the_word_is_none(text):
    assert scan_text(text) == []


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_word_that_leases_nothing_away_is_none(text):
    assert scan_text(text) == []


def test_a_prohibition_reaches_twelve_characters():
    near = "不得" + "一二三四五六七八九十" + "转租"
    far = "不得" + "一二三四五六七八九十甲" + "转租"

    assert is_negated(near, near.index("转租"))
    assert not is_negated(far, far.index("转租"))


def test_a_list_shares_its_prohibition_beyond_them():
    text = "不得将场地转租、分租、转包、租赁、出租、承包"

    assert text.index("承包") > 12
    assert is_negated(text, text.index("承包"))

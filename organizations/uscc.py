"""统一社会信用代码 (GB 32100-2015): eighteen characters, two check digits, one sentence per fault."""

import re
import unicodedata

from stdnum.cn import uscc as standard

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 characters: no I, O, S, V, Z
LOOK_ALIKES = {"O": "0", "I": "1"}
UNUSED_LETTERS = "SVZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
BY_HAND = (
    "请对照证照逐位核对；如证照上确为此代码（个别早期代码不符合校验规则），"
    "请提交营业执照扫描件，由主管工会资产监督管理部门人工核验"
)


def normalise(text: str) -> str:
    """Full-width to half-width, lower case to upper, spaces out. Nothing else is mended."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def check_character(first_17: str) -> str:
    """The eighteenth character: 31 − Σ Ci·3^(i−1) mod 31, where 31 stands as 0."""
    return standard.calc_check_digit(first_17)


def organisation_check(body: str) -> str:
    """The ninth character of the organisation code (GB 11714): 10 stands as X, 11 as 0."""
    total = sum(
        weight * int(character, 36)
        for weight, character in zip(ORGANISATION_WEIGHTS, body, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def _fault_at(position: int, character: str) -> str | None:
    if character in LOOK_ALIKES:
        return (
            f"第{position}位是字母 {character}，应为数字 {LOOK_ALIKES[character]}。"
            "统一社会信用代码不使用字母 I、O、S、V、Z，请对照证照改正。"
        )
    if character in UNUSED_LETTERS:
        return (
            f"第{position}位是字母 {character}。"
            "统一社会信用代码不使用字母 I、O、S、V、Z，请对照证照改正。"
        )
    if character not in ALPHABET:
        return (
            f"第{position}位是“{character}”。"
            "统一社会信用代码只由数字和大写英文字母组成，请对照证照重新填写。"
        )
    if 3 <= position <= 8 and not character.isdigit():
        return f"第{position}位是字母 {character}。第3至8位是登记机关区划代码，应为数字，请对照证照改正。"
    return None


def fault_of(code: str) -> str | None:
    """What is wrong with a normalised code, as one sentence; None when it is sound.

    Characters 3–8 are never held against today's table of divisions: the code stays as it
    was when the division it names is merged or renamed.
    """
    if not code:
        return "请填写统一社会信用代码（18位，见营业执照或法人证书）。"
    if len(code) != LENGTH and re.fullmatch(r"[0-9A-Z]+", code):
        return f"统一社会信用代码应为18位，现在是{len(code)}位，请对照证照补正。"
    for position, character in enumerate(code, start=1):
        if fault := _fault_at(position, character):
            return fault
    if check_character(code[:17]) != code[17]:
        return f"统一社会信用代码校验位不符，可能有一位填错或相邻两位颠倒。{BY_HAND}。"
    if organisation_check(code[8:16]) != code[16]:
        return f"统一社会信用代码第9至17位（主体标识码）校验不符。{BY_HAND}。"
    return None

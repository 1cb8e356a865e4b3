"""Whether a word of a text is forbidden where it stands: 「不得转租」 is no lease (第十八条). Pure.

A negation counts within twelve characters before the word, and only where it governs it:
「不得拖欠租金」 forbids the arrears, not the rent. docs/adr/0025 says why.
"""

import re

REACH = 12  # characters, the negation itself among them
SENTENCE = re.compile(r"[。；;！？!?\n]")
# After a comma something new is said, unless the list goes on.
COMMA = re.compile(r"[，,](?!或|以及|及(?!时)|和|包括|含|如)")
NOT_LIMITED = re.compile(r"(?:包括|含)?但不限于|不限于")
SHARED = re.compile(r"、|/|或者?|以及|及(?!时)|和|与|并")
LISTED_WORDS = (
    r"(?:整体)?(?:转租|分租|转包|承包(?:经营)?|出租|出借|租赁|租用|抵押)"
    r"|以租代管|转让经营权|经营权转让"
)
# 「转租、分租、承包」 share one prohibition, however long the list grows.
LISTED = re.compile(
    rf"(?:(?:{LISTED_WORDS})(?:[^，,、/或及和但可]{{0,6}}[，,]?(?:{SHARED.pattern}))?)+"
    r"(?:变相|整体|对外)*$"
)

STRONG = re.compile(r"(?<![不未])(?<!不得)(?:不得(?!不)|不允许|严禁|禁止|杜绝|抵制|防止|防范|避免)")
BARE = re.compile(r"不|没有|未|无|非|区别于|有别于")
# What may stand between a bare 「不」 and the word: helpers, then a preposition or a verb of its own.
HELPERS = (
    r"(?:再|另|会|能|可以?|应当?|许|准|予|宜|得|对外|整体|变相|擅自|单独|额外|直接|是|属于?|同于?"
    r"|构成|等同于?|任何|自动)*"
)
PREPOSITION = r"以|将|把|用|按(?![时期])|向|由"
VERB = (
    r"存在|涉及|采取|采用|实行|搞|进行|从事|开展|收|设|约定|承诺|保证|要求|含|包含|包括|允许|同意"
    r"|接受|取|支付|缴纳|交纳|享有|给予|授予|提供|有|见|发现|出现"
)
OPEN = re.compile(rf"{HELPERS}(?:$|(?:{PREPOSITION})|(?P<verb>{VERB}))")
# Verbs that take the negation for themselves.
OTHER = re.compile(
    r"拖欠|拒绝|拒付|逾期|延期|延迟|迟延|迟交|少交|少付|欠|挪用|截留|干预|干涉|影响|妨[碍害]|阻[挠碍止]"
    r"|限制|禁止|提前|解除|终止|中止|中断|停止|撤销|收回|变更|改变|更改|调整|提高|降低|减免|上调|下调"
    r"|增加|减少|退还|返还|抵扣|冲抵|低于|少于|高于|超过|晚于|迟于|早于|按时|按期|为由|为目的|无故"
    r"|破坏|损害|侵犯"
)
OWN = re.compile(r"收|约定|设|支付|缴纳|交纳")  # of a price: these are what is forbidden
# 「不得改变用途但可以转租」: a permission ends the prohibition.
CONTRAST = re.compile(r"但|而是|却|仅|只|改为|转为|可(?!能)|有权|准许")
THING = re.compile(r"租金|租赁(?:费|合同|期)|承包(?:费|金|款|合同|期)|物业押金|免租期|元\s*/")
# 「未经甲方同意不得转租」 allows it with consent.
CONDITION = re.compile(r"未经|非经|未获|未取得|未征得|除非|除[^，,]{1,12}外")

# 「转租的，甲方有权解除合同」 threatens, 「与出租、承包的界限」 distinguishes, 「过去曾承包」 looks back.
OUTCOME = (
    r"[^。；;\n]{0,10}?(?:(?:有权|立即|予以|须|一律)[^，,。；;\n]{0,6}(?:解除|终止|收回|清退|追究|禁止)"
    r"|视为违约|构成违约|属于?违约|根本违约|承担违约责任|禁止)"
)
SANCTION = re.compile(rf"[^，,。；;\n]{{0,8}}?(?:的[^，,。；;\n]{{0,4}}[，,]|即|均|一律){OUTCOME}")
SUPPOSED = re.compile(r"如|若|一旦|凡|擅自|私自|发现|出现|存在")
SUPPOSITION = re.compile(rf"[^，,。；;\n]{{0,8}}[，,]{OUTCOME}")
BOUNDARY = re.compile(r"[^，,。；;\n]{0,10}(?:界限|界线|边界|区别)")
PAST = re.compile(r"过去|以往|曾|此前|历史上|原先")
STILL = re.compile(r"沿用|继续|延续|仍|参照|按照|维持|保持")


def is_negated(text: str, position: int) -> bool:
    """Whether a prohibition in the same sentence governs the word that begins here."""
    before = SENTENCE.split(text[:position])[-1]
    before = LISTED.sub("", NOT_LIMITED.sub("包括", before))
    *_, clause = COMMA.split(before)
    earlier = before[: len(before) - len(clause)]
    thing = THING.match(text, position)
    first = max(0, len(clause) - REACH)
    for found in STRONG.finditer(clause, first):
        if _governs(clause[found.end() :], is_thing=thing is not None):
            return not _is_conditional(earlier, clause[: found.start()])
    if thing and text[thing.end() : thing.end() + 2] in ("的，", "的,"):
        return False  # 「不支付租金的，」: it is owed
    for found in BARE.finditer(clause, first):
        rest = clause[found.end() :]
        if _opens(rest, is_thing=thing is not None):
            return not _is_conditional(earlier, clause[: found.start()])
    return False


def _governs(rest: str, *, is_thing: bool) -> bool:
    """Whether nothing between a prohibition and the word takes the prohibition for itself."""
    if CONTRAST.search(rest):
        return False
    pieces = SHARED.split(rest)
    if not is_thing:
        return OTHER.search(pieces[-1]) is None
    for piece in reversed(pieces):
        if OTHER.search(piece):
            return False
        if OWN.search(piece):
            return True
    return True


def _opens(rest: str, *, is_thing: bool) -> bool:
    """The same for a bare 「不」, which reaches no further than its own verb."""
    found = OPEN.match(rest)
    if found is None:
        return False
    rest = rest[found.end() :]
    if found["verb"] and SHARED.search(rest) and not is_thing:
        return False
    return _governs(rest, is_thing=is_thing)


def _is_conditional(earlier: str, clause: str) -> bool:
    """Whether the prohibition falls away with somebody's consent, said just before it."""
    *_, previous = COMMA.split(earlier.rstrip("，,"))
    if STRONG.search(previous):
        previous = ""
    return any(CONDITION.search(one) for one in (clause, previous))


def is_ruled_out(text: str, start: int, end: int) -> bool:
    """Whether what follows the word threatens it or holds it apart, or it tells of the past."""
    clause = COMMA.split(SENTENCE.split(text[:start])[-1])[-1]
    if PAST.search(clause) and not STILL.search(clause):
        return True
    if BOUNDARY.match(text, end):
        return True
    if CONDITION.search(clause):
        return False
    return bool(
        SANCTION.match(text, end) or (SUPPOSED.search(clause) and SUPPOSITION.match(text, end))
    )

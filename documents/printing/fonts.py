"""The five type roles of GB/T 9704 and the open fonts that fill them.

仿宋_GB2312 and 方正小标宋 are licensed and never shipped; an operator who holds them puts
them into DOC_FONT_DIR under the name of the role, and they win.
"""

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
)
INSTALL = (
    "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "fonts-noto-cjk fonts-lxgw-wenkai"
)
# The other regional faces inside the same collections draw some characters differently.
_OTHER_FACES = [
    f"Noto {kind} CJK {region}" for kind in ("Serif", "Sans") for region in ("JP", "KR", "TC", "HK")
] + [f"Noto Sans Mono CJK {region}" for region in ("JP", "KR", "SC", "TC", "HK")]


@dataclass(frozen=True, slots=True)
class Role:
    """One type role: its name in style sheets, its Chinese name, its open default."""

    name: str
    label: str
    file: str
    family: str


ROLES = (
    Role("fangsong", "仿宋", "LXGWWenKai-Light.ttf", "LXGW WenKai Light"),
    Role("kaiti", "楷体", "LXGWWenKai-Regular.ttf", "LXGW WenKai"),
    Role("xiaobiaosong", "小标宋", "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    Role("heiti", "黑体", "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
    Role("songti", "宋体", "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
)


@dataclass(frozen=True, slots=True)
class FontFile:
    """Where a role's font lies and the family name inside it."""

    role: Role
    path: Path
    family: str


def _own_file(role: Role, folder: Path) -> FontFile | None:
    for extension in ("ttf", "otf"):
        path = folder / f"{role.name}.{extension}"
        if path.is_file():
            with TTFont(path, lazy=True) as font:
                return FontFile(role, path, str(font["name"].getDebugName(1)))
    return None


def find_fonts(own_folder: str = "") -> tuple[list[FontFile], list[Role]]:
    """The fonts found, and the roles for which there is none."""
    found: list[FontFile] = []
    missing: list[Role] = []
    folders = ([Path(own_folder)] if own_folder else []) + list(SYSTEM_FOLDERS)
    for role in ROLES:
        font = _own_file(role, Path(own_folder)) if own_folder else None
        paths = (folder / role.file for folder in folders)
        path = next((path for path in paths if path.is_file()), None)
        if font is None and path is not None:
            font = FontFile(role, path, role.family)
        if font is None:
            missing.append(role)
        else:
            found.append(font)
    return found, missing


def configuration(fonts: list[FontFile], *, cache: Path) -> str:
    """A fontconfig file in which exactly these files exist.

    @font-face copies a whole collection at each rendering and takes its first face,
    which is the Japanese one; a missing file silently prints another font. Here a role
    is a family alias, the Chinese face is the only one left, and there is nothing to
    fall back to: an unknown character is reported instead of replaced.
    """
    folders = sorted({font.path.parent for font in fonts})
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        *(f"<dir>{escape(str(folder))}</dir>" for folder in folders),
        f"<cachedir>/var/cache/fontconfig</cachedir><cachedir>{escape(str(cache))}</cachedir>",
        "<selectfont><rejectfont><glob>*</glob></rejectfont>",
        *(f"<acceptfont><glob>{escape(str(font.path))}</glob></acceptfont>" for font in fonts),
        *(
            "<rejectfont><pattern><patelt name='family'>"
            f"<string>{family}</string></patelt></pattern></rejectfont>"
            for family in _OTHER_FACES
        ),
        "</selectfont>",
        *(
            f"<match target='pattern'><test name='family'><string>{font.role.name}</string></test>"
            "<edit name='family' mode='assign' binding='strong'>"
            f"<string>{escape(font.family)}</string></edit></match>"
            for font in fonts
        ),
        "</fontconfig>",
    ]
    return "\n".join(lines)

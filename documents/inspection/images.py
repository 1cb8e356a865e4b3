"""Pictures: decoded whole, and nothing may follow the picture's own end."""

import struct
import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from documents.inspection.refusal import Unacceptable

PIXEL_LIMIT = 50_000_000
_SAVE_AGAIN = "请用“画图”或截图工具另存一份，再上传。"


def inspect_png(content: bytes) -> int:
    """Decode a PNG and find its end."""
    _decode(content, "PNG")
    _nothing_after(content, _end_of_png(content))
    return 1


def inspect_jpeg(content: bytes) -> int:
    """Decode a JPEG and find its end."""
    _decode(content, "JPEG")
    _nothing_after(content, _end_of_jpeg(content))
    return 1


def _decode(content: bytes, kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with Image.open(BytesIO(content), formats=[kind]) as image:
                if image.width * image.height > PIXEL_LIMIT:
                    raise _too_large(f"{image.width}×{image.height}")
                image.load()
        except UnidentifiedImageError as error:
            raise Unacceptable(
                "mismatch", f"这个文件不是真正的 {kind} 图片。" + _SAVE_AGAIN
            ) from error
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large("超大") from error
        except (OSError, ValueError, SyntaxError, struct.error, Warning) as error:
            raise Unacceptable(
                "damaged", "这张图片已损坏，无法完整显示。请重新拍摄、扫描或导出后再上传。"
            ) from error


def _too_large(size: str) -> Unacceptable:
    return Unacceptable(
        "pixels",
        f"图片像素过大（{size}），超过 {PIXEL_LIMIT // 10_000} 万像素的上限。请降低分辨率后再上传。",
    )


def _nothing_after(content: bytes, end: int) -> None:
    """Some cameras pad with zeros; anything else after the end is not the picture."""
    if content[end:].strip(b"\0"):
        raise Unacceptable("trailing", "这张图片末尾附带了图片以外的数据。" + _SAVE_AGAIN)


def _end_of_png(content: bytes) -> int:
    position = 8
    while position + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        position += 12 + length
        if kind == b"IEND":
            return position
    raise Unacceptable("damaged", "这张 PNG 图片不完整（没有结束标记）。请重新导出后再上传。")


def _end_of_jpeg(content: bytes) -> int:
    """Walk the segments, then the scans: a thumbnail's own end marker lies inside a segment."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xD9:
            return position + 2
        if marker == 0xFF:  # fill byte
            position += 1
            continue
        position += 2 + struct.unpack(">H", content[position + 2 : position + 4])[0]
        if marker == 0xDA:
            position = _end_of_scan(content, position)
    if content[position : position + 2] == b"\xff\xd9":
        return position + 2
    raise Unacceptable("damaged", "这张 JPEG 图片不完整（没有结束标记）。请重新导出后再上传。")


def _end_of_scan(content: bytes, position: int) -> int:
    while (position := content.find(b"\xff", position)) >= 0 and position + 1 < len(content):
        following = content[position + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7:
            return position
        position += 2
    return len(content)

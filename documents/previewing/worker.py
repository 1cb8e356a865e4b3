"""Turn pages of one stored file into plain pictures, in a process of its own.

Started as a file, in isolated mode, with limits on memory and time; knows neither Django
nor the database, so a hostile file reaches nothing. Reads JSON on standard input; writes
each picture on standard output behind its page number and its length. A refusal is JSON on
standard error and code 3.
"""

import json
import resource
import struct
import sys
from io import BytesIO

REFUSED = 3
MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 20
PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
POINTS_PER_INCH = 72
DENSITY = 150


def refuse(kind: str) -> None:
    json.dump({"kind": kind}, sys.stderr)
    sys.exit(REFUSED)


def scale_within(width: float, height: float, job: dict, *, most: float) -> float:
    """How much a picture of this size is scaled to stay under both caps."""
    longest = job["long_side"] / max(width, height)
    area = (job["pixels"] / (width * height)) ** 0.5
    return min(most, longest, area)


def pages_of_pdf(job: dict):
    import pypdfium2  # noqa: PLC0415 - see main

    try:
        document = pypdfium2.PdfDocument(job["path"])
    except pypdfium2.PdfiumError as error:
        refuse("encrypted" if error.err_code == PASSWORD_ERROR else "damaged")
    if len(document) < max(job["pages"]):
        refuse("damaged")
    for number in job["pages"]:
        try:
            page = document[number - 1]
            scale = scale_within(*page.get_size(), job, most=DENSITY / POINTS_PER_INCH)
            yield number, page.render(scale=scale).to_pil()
        except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError):
            refuse("damaged")


def page_of_image(job: dict):
    import warnings  # noqa: PLC0415 - see main

    from PIL import Image, ImageOps  # noqa: PLC0415

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = job["source_pixels"]
    try:
        with Image.open(job["path"], formats=["PNG", "JPEG"]) as opened:
            picture = ImageOps.exif_transpose(opened)
            scale = scale_within(*picture.size, job, most=1)
            size = tuple(max(1, round(side * scale)) for side in picture.size)
            yield 1, picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        refuse("heavy")
    except (OSError, ValueError, SyntaxError, struct.error):
        refuse("damaged")


def plain(picture) -> bytes:
    """On white paper, in a new picture: nothing but the pixels goes along."""
    from PIL import Image  # noqa: PLC0415 - see main

    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=4)
    return out.getvalue()


def main() -> None:
    # Limits are set before the libraries that read files load.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    job = json.load(sys.stdin)
    read = pages_of_pdf if job["kind"] == "pdf" else page_of_image
    for number, picture in read(job):
        content = plain(picture)
        sys.stdout.buffer.write(struct.pack(">II", number, len(content)) + content)


if __name__ == "__main__":
    main()

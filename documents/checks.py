"""Django system check: can this machine print?"""

from ctypes.util import find_library

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from documents.printing import fonts


def printing_is_equipped(app_configs, **kwargs) -> list[CheckMessage]:
    """One warning per missing part; the site itself runs without them."""
    hint = f"Run: {fonts.INSTALL}"
    messages: list[CheckMessage] = []
    if not find_library("pango-1.0") or not find_library("pangoft2-1.0"):
        messages.append(Warning("Pango is missing: no PDF.", hint=hint, id="documents.W001"))
    if not find_library("harfbuzz-subset"):
        messages.append(
            Warning(
                "libharfbuzz-subset is missing: PDFs take some 25 times longer.",
                hint=hint,
                id="documents.W002",
            )
        )
    _, missing = fonts.find_fonts(settings.DOC_FONT_DIR)
    if missing:
        roles = ", ".join(f"{role.label} ({role.file})" for role in missing)
        messages.append(
            Warning(f"Fonts are missing: {roles}: no PDF.", hint=hint, id="documents.W003")
        )
    return messages

"""The field every upload goes through: what may be chosen is said before anything is sent."""

from django import forms
from django.conf import settings

from documents.rules import CONTENT_TYPES

KINDS = "PDF、JPG、PNG、DOCX、XLSX"


class UploadField(forms.FileField):
    """One file. Kinds and cap are also in the page, so that a script can say so at once."""

    widget = forms.FileInput

    def __init__(self, **kwargs) -> None:
        limit = settings.UPLOAD_MAX_BYTES
        kwargs.setdefault("help_text", f"可上传 {KINDS} 文件，不超过 {limit // 1024 // 1024} MB。")
        super().__init__(**kwargs)
        self.error_messages |= {
            "required": "请选择要上传的文件。",
            "empty": "文件是空的（0 字节）。请检查原文件能否打开，再重新选择上传。",
        }

    def widget_attrs(self, widget) -> dict[str, str]:
        attrs = super().widget_attrs(widget)
        accepted = ",".join(f".{extension}" for extension in CONTENT_TYPES)
        return attrs | {"accept": accepted, "data-limit": str(settings.UPLOAD_MAX_BYTES)}

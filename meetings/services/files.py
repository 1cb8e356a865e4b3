"""The scanned original of a meeting record."""

from datetime import datetime
from typing import IO

from django.core.files import File
from django.db import transaction

from accounts.models import User
from core.errors import ActionBlocked
from core.models import lock
from documents.enums import Audience
from documents.models import Attachment
from documents.services import store_upload
from meetings import permissions
from meetings.models import Meeting
from meetings.rules import MEETING


@transaction.atomic
def keep_record_file(
    *, meeting: Meeting, upload: File | IO[bytes], name: str, by: User, at: datetime
) -> Attachment:
    """Keep the signed original beside the record; only its readers may fetch it."""
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk)
    permissions.require_writer(by, meeting.body)
    if not MEETING.allows("file", meeting.state):
        raise ActionBlocked("会议尚未登记到会，还没有可上传的会议记录。")
    return store_upload(
        upload=upload,
        name=name,
        by=by,
        at=at,
        union=meeting.union,
        venue_id=meeting.venue_id,
        case_id=meeting.pk,
        purpose="会议记录",
        audience=Audience.MEETING_RECORD,
    )

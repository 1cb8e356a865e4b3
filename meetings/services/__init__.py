"""What changes bodies, agendas and meetings."""

from meetings.services.agenda import (
    move_item,
    place_item,
    queue_again,
    queue_item,
    take_off,
    withdraw_item,
)
from meetings.services.bodies import end_member, form_body, set_member, set_policy
from meetings.services.deciding import conclude_item, confirm_changes, replace_confirmer
from meetings.services.files import keep_record_file
from meetings.services.minutes import issue_minutes, void_minutes
from meetings.services.notices import answer_notice, reschedule_meeting, send_notice
from meetings.services.resolutions import (
    add_resolution,
    extend_resolution,
    report_resolution,
    settle_resolution,
)
from meetings.services.sittings import close_meeting, plan_meeting, register_attendance
from meetings.services.topics import conclude_topic, register_topic
from meetings.services.venue import hold_meeting

__all__ = [
    "add_resolution",
    "answer_notice",
    "close_meeting",
    "conclude_item",
    "conclude_topic",
    "confirm_changes",
    "end_member",
    "extend_resolution",
    "form_body",
    "hold_meeting",
    "issue_minutes",
    "keep_record_file",
    "move_item",
    "place_item",
    "plan_meeting",
    "queue_again",
    "queue_item",
    "register_attendance",
    "register_topic",
    "replace_confirmer",
    "report_resolution",
    "reschedule_meeting",
    "send_notice",
    "set_member",
    "set_policy",
    "settle_resolution",
    "take_off",
    "void_minutes",
    "withdraw_item",
]

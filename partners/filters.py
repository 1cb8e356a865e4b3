"""Finding partners in the register."""

import django_filters as filters
from django.db.models import QuerySet

from core.filters import ListFilter, TextFilter
from partners import selectors
from partners.enums import REFUSED_KINDS, SubjectKind
from partners.models import Partner

KINDS = [(kind.value, kind.label) for kind in SubjectKind if kind not in REFUSED_KINDS]


class PartnerFilter(ListFilter):
    """By what it is in civil law, by name, code or business; those looked into in one's scope."""

    tabs = {"checked": "本范围内调查过", "open": "调查进行中", "watched": "重点关注"}
    search = ("name", "uscc", "business", "legal_representative")

    text = TextFilter(label="名称、信用代码、业务或法定代表人")
    kind = filters.ChoiceFilter(label="主体类型", choices=KINDS, field_name="subject_kind")

    class Meta:
        model = Partner
        fields = ["text", "kind"]

    def in_checked(self, rows: QuerySet) -> QuerySet:
        return rows.filter(pk__in=selectors.partners_investigated(self.user))

    def in_open(self, rows: QuerySet) -> QuerySet:
        return rows.filter(pk__in=selectors.partners_investigated(self.user, is_open=True))

    def in_watched(self, rows: QuerySet) -> QuerySet:
        return rows.filter(pk__in=selectors.watched_partners())

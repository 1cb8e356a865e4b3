"""The manager of the snapshots of a row."""

from functools import cache

from simple_history.manager import HistoryManager


class RowHistory(HistoryManager):
    """django-simple-history's own, whose class for a model is made once.

    The library makes it at every look at `history`, and each save looks: 15 % of a recorded act.
    """

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)

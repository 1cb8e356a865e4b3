"""Unions and their departments, the calendar, the parameters."""

from typing import Optional

from django.db import models
from django.db.models import Q, QuerySet
from treebeard.mp_tree import MP_Node

from organizations.enums import DepartmentKind, UnionLevel


class TradeUnion(MP_Node):
    """工会: one trade union in the provincial tree.

    The default manager orders by `path`, which is the order of the tree and unique;
    a query that counts or groups names its own order.
    """

    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30)
    code = models.CharField(
        "编码",
        max_length=20,
        unique=True,
        error_messages={"unique": "已有工会使用这个编码，请核对。"},
    )
    level = models.CharField("层级", max_length=10, choices=UnionLevel.choices)
    division_code = models.CharField("行政区划代码", max_length=6)
    has_party_group = models.BooleanField("设有党组", default=True)

    class Meta:
        verbose_name = "工会"
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=UnionLevel.values), name="organizations_union_level"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # treebeard 7 moved these to the manager and will drop the node's own in 8.

    def get_ancestors(self) -> QuerySet["TradeUnion"]:
        """The unions above this one, from the root down."""
        return TradeUnion.objects.get_ancestors(self)

    def get_parent(self) -> Optional["TradeUnion"]:
        """上级工会: the union directly above; None for the root."""
        return TradeUnion.objects.get_parent(self)

    def get_children(self) -> QuerySet["TradeUnion"]:
        """The unions directly under this one."""
        return TradeUnion.objects.get_children(self)

    def get_descendants(self) -> QuerySet["TradeUnion"]:
        """All unions under this one."""
        return TradeUnion.objects.get_descendants(self)


class Department(models.Model):
    """部门: a department of a union, by what it answers for."""

    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="departments")
    kind = models.CharField("职能", max_length=20, choices=DepartmentKind.choices)
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = "部门"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "kind"],
                name="organizations_department_once",
                violation_error_message="该工会已设有承担这项职能的部门。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DepartmentKind.values), name="organizations_department_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarException(models.Model):
    """节假日与调休: a day on which work differs from what its weekday says."""

    day = models.DateField("日期", unique=True)
    name = models.CharField("名称", max_length=40)
    is_workday = models.BooleanField("是否上班")
    source = models.CharField("来源", max_length=200)

    class Meta:
        verbose_name = "节假日安排"

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"


class Parameter(models.Model):
    """参数: a figure a supervising union fixed, from a day on; without a union, for all."""

    union = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="parameters")
    code = models.CharField("参数", max_length=40)
    value = models.CharField("数值", max_length=40)
    valid_from = models.DateField("生效日期")
    source = models.CharField("依据", max_length=200)
    decided_by = models.CharField("决定机构", max_length=100)

    class Meta:
        verbose_name = "参数"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "code", "valid_from"], name="organizations_parameter_once"
            ),
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                condition=Q(union=None),
                name="organizations_parameter_once_for_all",
            ),
        ]

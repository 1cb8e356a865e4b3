"""The day by which a plan that was approved before must be signed: twelve months (系统默认)."""

from django.db import migrations
from django.utils.timezone import localdate

from approvals.rules.term import add_months

MONTHS = 12


def set_days(apps, schema_editor):
    plans = apps.get_model("approvals", "Proposal").objects.filter(
        stage="approved", kind="operation_plan"
    )
    signed = apps.get_model("contracts", "Contract").objects.exclude(signed_on=None)
    for plan in plans.exclude(pk__in=signed.values("proposal")).exclude(decided_at=None):
        plan.sign_by = add_months(localdate(plan.decided_at), MONTHS)
        plan.save(update_fields=["sign_by"])


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("approvals", "0006_sign_by")]
    operations = [migrations.RunPython(set_days, migrations.RunPython.noop)]

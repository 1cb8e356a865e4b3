"""Every desk so far is the supervising union's own."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor) -> None:
    tasks = apps.get_model("approvals", "Task").objects.filter(union=None)
    plans = apps.get_model("approvals", "Proposal").objects.filter(pk=OuterRef("proposal"))
    tasks.update(union=Subquery(plans.values("supervising_union")[:1]))


class Migration(migrations.Migration):
    dependencies = [("approvals", "0010_routes_as_data")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

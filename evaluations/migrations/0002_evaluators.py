from django.db import migrations


def fill(apps, schema_editor):
    """Write down who scored and confirmed in an installation in use."""
    alias = schema_editor.connection.alias
    rows = apps.get_model("approvals", "Involvement").objects.using(alias)
    acts = []
    for one in apps.get_model("evaluations", "Evaluation").objects.using(alias).order_by("pk"):
        acts += [
            (one, one.scored_at, one.scored_by_id, "评价打分"),
            (one, one.confirmed_at, one.confirmed_by_id, "确认评价等次"),
        ]
    rows.bulk_create(
        [
            rows.model(
                cooperation_id=one.cooperation_id, person_id=person, duty="evaluator", act=act,
                since=at,
            )
            for one, at, person, act in acts
            if person
        ],
        ignore_conflicts=True,
    )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ("contracts", "0003_four_people"),
        ("evaluations", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

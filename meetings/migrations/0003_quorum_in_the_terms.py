from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_terms_of_a_body'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='body',
            name='meetings_body_quorum_above_half',
        ),
        migrations.RemoveField(
            model_name='body',
            name='quorum_denominator',
        ),
        migrations.RemoveField(
            model_name='body',
            name='quorum_numerator',
        ),
    ]

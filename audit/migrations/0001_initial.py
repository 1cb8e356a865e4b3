import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('audit', '0002_ledger_as_a_list')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('seq', models.PositiveIntegerField()),
                ('code', models.CharField(max_length=80, verbose_name='动作')),
                ('title', models.CharField(max_length=300, verbose_name='说明')),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=60)),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='职务')),
                ('union_id', models.BigIntegerField(null=True)),
                ('command_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField(verbose_name='办理时间')),
                ('recorded_at', models.DateTimeField(verbose_name='记录时间')),
                ('body', models.TextField(verbose_name='内容')),
                ('snapshot_sha256', models.CharField(blank=True, max_length=64)),
                ('prev_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('alg', models.CharField(default='sha256', max_length=10)),
                ('v', models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['actor_id', 'at'], name='audit_event_actor'), models.Index(fields=['-recorded_at', '-id'], name='audit_event_latest')],
                'constraints': [models.UniqueConstraint(fields=('case_id', 'seq'), name='audit_event_seq_once')],
            },
        ),
    ]

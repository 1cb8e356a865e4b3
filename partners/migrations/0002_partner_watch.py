import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
        ('partners', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerWatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('basis', models.CharField(max_length=5, verbose_name='依据')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('put_at', models.DateTimeField(verbose_name='列入时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='解除时间')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='解除理由')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='解除人')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='watches', to='partners.partner', verbose_name='合作方')),
                ('put_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='列入人')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion', verbose_name='列入的工会')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
            ],
            options={
                'verbose_name': '重点关注',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('partner', 'union'), name='partners_watch_one_open', violation_error_message='贵会已将这一合作方列为重点关注。'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='partners_watch_ended_by_at_and_why')],
            },
        ),
    ]

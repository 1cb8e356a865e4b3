import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('supervision', '0001_reports_and_rectifications')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('approvals', '0001_initial'),
        ('organizations', '0001_initial'),
        ('venues', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeriodicReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('kind', models.CharField(choices=[('asset_operation', '资产运营状况分析报告'), ('special_work', '专项工作报告')], max_length=20, verbose_name='报告类别')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='venues.venue', verbose_name='阵地')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion', verbose_name='主管工会')),
                ('period_from', models.DateField(verbose_name='期间起')),
                ('period_to', models.DateField(verbose_name='期间止')),
                ('due_on', models.DateField(verbose_name='报送期限')),
                ('state', models.CharField(choices=[('due', '待报送'), ('submitted', '已报送，待审核'), ('accepted', '已受理'), ('returned', '已退回')], default='due', max_length=12)),
                ('answers', models.JSONField(default=dict, verbose_name='内容')),
                ('income', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='本期收入（元）')),
                ('received', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='合作收入实收（元）')),
                ('scheduled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheduled_at', models.DateTimeField()),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='报送时间')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='审核时间')),
                ('review_note', models.TextField(blank=True, verbose_name='审核意见')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('venue', 'kind', 'period_from', 'period_to'), name='supervision_report_once', violation_error_message='本阵地这一期间的同类报告已经布置。'), models.CheckConstraint(condition=models.Q(('period_to__gte', models.F('period_from')), ('due_on__gt', models.F('period_to'))), name='supervision_report_days_in_order', violation_error_message='期间止日不早于起日，报送期限晚于期间止日。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Rectification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('cooperation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rectifications', to='approvals.cooperation')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='venues.venue')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('source_kind', models.CharField(max_length=40)),
                ('source_id', models.UUIDField()),
                ('source_url', models.CharField(max_length=300)),
                ('problems', models.TextField(verbose_name='问题')),
                ('rule_code', models.CharField(max_length=10, verbose_name='依据')),
                ('requirements', models.TextField(verbose_name='整改要求')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ordered_at', models.DateTimeField(verbose_name='下达时间')),
                ('due_on', models.DateField(verbose_name='整改期限')),
                ('state', models.CharField(choices=[('ordered', '整改中'), ('reported', '已报整改结果，待复核'), ('passed', '整改合格'), ('failed', '整改不合格')], default='ordered', max_length=10)),
                ('report', models.TextField(blank=True, verbose_name='整改情况')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_at', models.DateTimeField(null=True, verbose_name='报告时间')),
                ('review_note', models.TextField(blank=True, verbose_name='复核意见')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='复核时间')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source_kind', 'source_id'), name='supervision_rectification_once')],
                'indexes': [],
            },
        ),
    ]

import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('planning', '0001_union_plans')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('meetings', '0001_initial'),
        ('organizations', '0001_initial'),
        ('venues', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnionPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('kind', models.CharField(choices=[('implementation_plan', '实施规划'), ('local_scheme', '具体方案'), ('phased_work_plan', '具体工作方案')], max_length=20, verbose_name='类别')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('queued', '待会议决定'), ('decided', '已决定，待印发'), ('in_force', '实施中'), ('completed', '已完成'), ('replaced', '已被替代'), ('rejected', '未通过'), ('void', '已作废')], default='draft', max_length=20, verbose_name='状态')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('number', models.CharField(max_length=20, null=True, unique=True, verbose_name='编号')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='union_plans', to='organizations.tradeunion', verbose_name='制定工会')),
                ('venue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phased_plans', to='venues.venue', verbose_name='阵地')),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='planning.unionplan')),
                ('starts_on', models.DateField(null=True, verbose_name='起始日期')),
                ('ends_on', models.DateField(null=True, verbose_name='终止日期')),
                ('texts', models.JSONField(default=dict, verbose_name='内容')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('created_at', models.DateTimeField(verbose_name='起草时间')),
                ('updated_at', models.DateTimeField(verbose_name='更新时间')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem')),
                ('content_sha256', models.CharField(blank=True, max_length=64, verbose_name='内容指纹')),
                ('queued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('queued_at', models.DateTimeField(null=True, verbose_name='提请时间')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='决定时间')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_at', models.DateTimeField(null=True, verbose_name='印发时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='终结时间')),
            ],
            options={
                'verbose_name': '工会规划方案',
                'indexes': [models.Index(fields=['unit_1', '-updated_at', '-id'], name='planning_plan_u1'), models.Index(fields=['unit_2', '-updated_at', '-id'], name='planning_plan_u2'), models.Index(fields=['unit_3', '-updated_at', '-id'], name='planning_plan_u3'), models.Index(fields=['unit_4', '-updated_at', '-id'], name='planning_plan_u4')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'phased_work_plan'), ('venue__isnull', False)), models.Q(models.Q(('kind', 'phased_work_plan'), _negated=True), ('venue', None)), _connector='OR'), name='planning_plan_venue_iff_phased', violation_error_message='具体工作方案须写明阵地，其他方案不写。'), models.CheckConstraint(condition=models.Q(models.Q(('queued_at', None), ('queued_by', None)), models.Q(('queued_at__isnull', False), ('queued_by__isnull', False)), _connector='OR'), name='planning_plan_queued_who_when'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('issued_by', None)), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False)), _connector='OR'), name='planning_plan_issued_who_when'), models.CheckConstraint(condition=models.Q(('issued_by', None), models.Q(('issued_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='planning_plan_other_issuer', violation_error_message='起草人不能印发自己起草的方案。'), models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'queued', 'decided')), ('venue', None)), fields=('union', 'kind'), name='planning_plan_one_open', violation_error_message='本级工会已有一份同类方案正在办理。'), models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'queued', 'decided'))), fields=('venue',), name='planning_plan_one_open_per_venue', violation_error_message='该阵地已有一份具体工作方案正在办理。')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalUnionPlan',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('kind', models.CharField(choices=[('implementation_plan', '实施规划'), ('local_scheme', '具体方案'), ('phased_work_plan', '具体工作方案')], max_length=20, verbose_name='类别')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('queued', '待会议决定'), ('decided', '已决定，待印发'), ('in_force', '实施中'), ('completed', '已完成'), ('replaced', '已被替代'), ('rejected', '未通过'), ('void', '已作废')], default='draft', max_length=20, verbose_name='状态')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('number', models.CharField(db_index=True, max_length=20, null=True, verbose_name='编号')),
                ('starts_on', models.DateField(null=True, verbose_name='起始日期')),
                ('ends_on', models.DateField(null=True, verbose_name='终止日期')),
                ('texts', models.JSONField(default=dict, verbose_name='内容')),
                ('created_at', models.DateTimeField(verbose_name='起草时间')),
                ('updated_at', models.DateTimeField(verbose_name='更新时间')),
                ('content_sha256', models.CharField(blank=True, max_length=64, verbose_name='内容指纹')),
                ('queued_at', models.DateTimeField(null=True, verbose_name='提请时间')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='决定时间')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='印发时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='终结时间')),
                ('unit_1', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('union', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion', verbose_name='制定工会')),
                ('venue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='venues.venue', verbose_name='阵地')),
                ('replaces', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='planning.unionplan')),
                ('drafted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('item', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.agendaitem')),
                ('queued_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 工会规划方案',
                'verbose_name_plural': 'historical 工会规划方案s',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [],
                'constraints': [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='planning.unionplan')),
                ('no', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('content', models.CharField(blank=True, max_length=300, verbose_name='内容')),
                ('criteria', models.CharField(blank=True, max_length=300, verbose_name='完成标准')),
                ('owner', models.CharField(blank=True, max_length=60, verbose_name='责任人')),
                ('due_on', models.DateField(null=True, verbose_name='完成时限')),
                ('result', models.TextField(blank=True, max_length=2000, verbose_name='完成情况')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '任务步骤',
                'constraints': [models.UniqueConstraint(fields=('plan', 'no'), name='planning_step_no_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='planning_step_done_who_when')],
                'indexes': [],
            },
        ),
    ]

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('evaluations', '0001_evaluations')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('approvals', '0001_initial'),
        ('contracts', '0001_initial'),
        ('documents', '0001_initial'),
        ('organizations', '0001_initial'),
        ('venues', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='KpiScheme',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('venue_kind', models.CharField(choices=[('cultural_palace', '工人文化宫'), ('cadre_college', '工会干部院校'), ('workers_school', '职工学校'), ('sports_venue', '职工文体活动场馆'), ('newspaper', '工会报社'), ('sanatorium', '工人疗休养院'), ('hotel', '工会宾馆'), ('travel_agency', '职工旅行社'), ('service_centre', '职工服务中心'), ('mutual_aid', '职工互助保障组织'), ('other', '其他')], max_length=20, verbose_name='阵地类别')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('valid_from', models.DateField(verbose_name='生效日')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('union', 'venue_kind', 'valid_from'), name='evaluations_scheme_once', violation_error_message='同一天已发布过这类阵地的考核方案。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='evaluations.kpischeme')),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='指标')),
                ('kind', models.CharField(choices=[('satisfaction', '职工满意度'), ('positive', '正向指标（实际/目标）'), ('negative', '反向指标（越少越好）'), ('ratio', '完成率（0—1）')], max_length=12, verbose_name='计分方式')),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='权重')),
                ('unit', models.CharField(blank=True, max_length=12, verbose_name='单位')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'order'), name='evaluations_indicator_order')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='contracts.contract')),
                ('cooperation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='approvals.cooperation')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='venues.venue')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.kpischeme')),
                ('kind', models.CharField(choices=[('stage', '阶段评价'), ('final', '终期评价')], max_length=8, verbose_name='类别')),
                ('period_from', models.DateField(verbose_name='评价期起')),
                ('period_to', models.DateField(verbose_name='评价期止')),
                ('due_on', models.DateField(verbose_name='评价期限')),
                ('state', models.CharField(choices=[('planned', '待评价'), ('scored', '已打分，待确认'), ('confirmed', '已确认')], default='planned', max_length=10)),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_at', models.DateTimeField()),
                ('population', models.PositiveIntegerField(null=True, verbose_name='服务职工人数')),
                ('population_source', models.CharField(blank=True, max_length=200, verbose_name='人数来源')),
                ('answers', models.JSONField(default=dict, verbose_name='问卷汇总')),
                ('satisfaction_index', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='满意度指数')),
                ('satisfied_rate', models.DecimalField(decimal_places=4, max_digits=5, null=True, verbose_name='满意率')),
                ('total', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='总分')),
                ('grade_of_total', models.CharField(blank=True, choices=[('excellent', '优秀'), ('good', '良好'), ('pass', '合格'), ('fail', '不合格')], max_length=10, verbose_name='按总分')),
                ('grade', models.CharField(blank=True, choices=[('excellent', '优秀'), ('good', '良好'), ('pass', '合格'), ('fail', '不合格')], max_length=10, verbose_name='等次')),
                ('gate_reasons', models.JSONField(default=list, verbose_name='降等原因')),
                ('vetoes', models.JSONField(default=list, verbose_name='一票否决')),
                ('has_serious_finding', models.BooleanField(default=False, verbose_name='有未整改的严重问题')),
                ('achievements', models.TextField(blank=True, verbose_name='成效')),
                ('problems', models.TextField(blank=True, verbose_name='问题')),
                ('requirements', models.TextField(blank=True, verbose_name='整改要求')),
                ('thresholds', models.JSONField(default=dict, verbose_name='判定参数')),
                ('scored_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scored_at', models.DateTimeField(null=True, verbose_name='打分时间')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='确认时间')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issueddocument')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contract', 'kind', 'period_from'), name='evaluations_evaluation_once'), models.CheckConstraint(condition=models.Q(('period_to__gte', models.F('period_from')), ('due_on__gte', models.F('period_to'))), name='evaluations_days_in_order', violation_error_message='评价期止日不早于起日，评价期限不早于期间止日。'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', False), ('state', 'confirmed')), models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_by', None)), _connector='OR'), name='evaluations_confirmed_by_iff_confirmed'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('scored_by')), _negated=True), _connector='OR'), name='evaluations_confirmer_is_not_scorer', violation_error_message='确认人不能是打分人。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='evaluations.evaluation')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.indicator')),
                ('target', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='目标')),
                ('actual', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='实际')),
                ('points', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='得分')),
                ('evidence', models.CharField(max_length=200, verbose_name='数据来源')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'indicator'), name='evaluations_score_once')],
                'indexes': [],
            },
        ),
    ]

import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalPartner',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('uscc', models.CharField(db_index=True, error_messages={'unique': '这个统一社会信用代码已经登记。'}, max_length=18, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('subject_kind', models.CharField(choices=[('legal_person', '企业法人'), ('institution', '事业单位'), ('association', '社会团体'), ('non_enterprise', '民办非企业单位'), ('foundation', '基金会'), ('cooperative', '农民专业合作社'), ('law_firm', '律师事务所'), ('unincorporated', '其他非法人组织'), ('branch', '分公司'), ('individual_business', '个体工商户'), ('natural_person', '自然人')], max_length=20, verbose_name='主体类型')),
                ('legal_representative', models.CharField(max_length=30, verbose_name='法定代表人（负责人）')),
                ('business', models.CharField(max_length=200, verbose_name='主要业务')),
                ('parent_uscc', models.CharField(blank=True, max_length=18, verbose_name='总公司统一社会信用代码')),
                ('parent_authorisation', models.CharField(blank=True, max_length=200, verbose_name='总公司授权')),
                ('registered_at', models.DateTimeField(verbose_name='登记时间')),
                ('registered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 合作对象',
                'verbose_name_plural': 'historical 合作对象s',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [],
                'constraints': [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('uscc', models.CharField(error_messages={'unique': '这个统一社会信用代码已经登记。'}, max_length=18, unique=True, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('subject_kind', models.CharField(choices=[('legal_person', '企业法人'), ('institution', '事业单位'), ('association', '社会团体'), ('non_enterprise', '民办非企业单位'), ('foundation', '基金会'), ('cooperative', '农民专业合作社'), ('law_firm', '律师事务所'), ('unincorporated', '其他非法人组织'), ('branch', '分公司'), ('individual_business', '个体工商户'), ('natural_person', '自然人')], max_length=20, verbose_name='主体类型')),
                ('legal_representative', models.CharField(max_length=30, verbose_name='法定代表人（负责人）')),
                ('business', models.CharField(max_length=200, verbose_name='主要业务')),
                ('parent_uscc', models.CharField(blank=True, max_length=18, verbose_name='总公司统一社会信用代码')),
                ('parent_authorisation', models.CharField(blank=True, max_length=200, verbose_name='总公司授权')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('registered_at', models.DateTimeField(verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '合作对象',
                'indexes': [models.Index(fields=['name'], name='partners_partner_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('subject_kind__in', ['association', 'branch', 'cooperative', 'foundation', 'institution', 'law_firm', 'legal_person', 'non_enterprise', 'unincorporated'])), name='partners_partner_subject_kind', violation_error_message='个体工商户和自然人不能作为合作对象。'), models.CheckConstraint(condition=models.Q(models.Q(('subject_kind', 'branch'), _negated=True), models.Q(models.Q(('parent_uscc', ''), _negated=True), models.Q(('parent_authorisation', ''), _negated=True)), _connector='OR'), name='partners_partner_branch_has_parent', violation_error_message='分公司须有总公司的统一社会信用代码和授权。')],
            },
        ),
        migrations.CreateModel(
            name='DueDiligence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_diligences', to='partners.partner')),
                ('venue_id', models.UUIDField(verbose_name='阵地')),
                ('venue_name', models.CharField(max_length=60, verbose_name='阵地名称')),
                ('state', models.CharField(choices=[('in_progress', '核查中'), ('concluded', '已办结')], default='in_progress', max_length=20, verbose_name='状态')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
                ('started_at', models.DateTimeField(verbose_name='发起时间')),
                ('concluded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办结人')),
                ('concluded_at', models.DateTimeField(null=True, verbose_name='办结时间')),
            ],
            options={
                'verbose_name': '尽职调查',
                'indexes': [models.Index(fields=['venue_id', 'partner', '-started_at'], name='partners_due_diligence_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'in_progress')), fields=('partner', 'venue_id'), name='partners_due_diligence_one_open', violation_error_message='本阵地对这一合作对象的尽职调查正在进行。'), models.CheckConstraint(condition=models.Q(models.Q(('concluded_at__isnull', False), ('concluded_by__isnull', False), ('state', 'concluded')), models.Q(('concluded_at', None), ('concluded_by', None), ('state', 'in_progress')), _connector='OR'), name='partners_due_diligence_concluded_iff_closed')],
            },
        ),
        migrations.CreateModel(
            name='DueDiligenceItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('due_diligence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='partners.duediligence')),
                ('code', models.CharField(choices=[('10-1', '政治可靠'), ('10-2', '民事主体资格'), ('10-3', '资质和专业技术能力'), ('10-4', '商业信誉和财务会计制度'), ('10-5', '依法缴纳税收和社会保障资金'), ('10-6', '无不良记录')], max_length=5, verbose_name='条件')),
                ('finding', models.CharField(choices=[('met', '符合'), ('unmet', '不符合'), ('unverified', '待核')], default='unverified', max_length=10, verbose_name='结论')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='说明')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='信息来源')),
                ('checked_on', models.DateField(null=True, verbose_name='核查日期')),
                ('expires_on', models.DateField(null=True, verbose_name='有效期至')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核查人')),
            ],
            options={
                'verbose_name': '尽职调查项',
                'constraints': [models.UniqueConstraint(fields=('due_diligence', 'code'), name='partners_due_diligence_item_once'), models.CheckConstraint(condition=models.Q(('finding', 'unverified'), models.Q(models.Q(('source', ''), _negated=True), ('checked_on__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='partners_due_diligence_item_sourced', violation_error_message='结论须有信息来源、核查日期和核查人。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DueDiligencePart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='partners.duediligenceitem')),
                ('code', models.CharField(choices=[('tax', '完税证明'), ('social_security', '社会保险缴纳证明'), ('credit_china', '信用中国'), ('enterprise_credit', '国家企业信用信息公示系统（经营异常、严重违法失信）'), ('dishonest_debtor', '失信被执行人'), ('judgments', '裁判文书'), ('procurement', '政府采购严重违法失信')], max_length=20, verbose_name='分项')),
                ('finding', models.CharField(choices=[('met', '符合'), ('unmet', '不符合'), ('unverified', '待核')], default='unverified', max_length=10, verbose_name='结果')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='查询结果说明')),
                ('period', models.CharField(blank=True, max_length=60, verbose_name='所属期间')),
                ('checked_on', models.DateField(null=True, verbose_name='查询日期')),
                ('expires_on', models.DateField(null=True, verbose_name='有效期至')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='查询人')),
            ],
            options={
                'verbose_name': '尽职调查分项',
                'constraints': [models.UniqueConstraint(fields=('item', 'code'), name='partners_due_diligence_part_once'), models.CheckConstraint(condition=models.Q(('finding', 'unverified'), models.Q(('checked_on__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='partners_due_diligence_part_dated')],
                'indexes': [],
            },
        ),
    ]

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
            name='HistoricalVenue',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('code', models.CharField(db_index=True, error_messages={'unique': '已有阵地使用这个编号。'}, max_length=20, verbose_name='编号')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('kind', models.CharField(choices=[('cultural_palace', '工人文化宫'), ('cadre_college', '工会干部院校'), ('workers_school', '职工学校'), ('sports_venue', '职工文体活动场馆'), ('newspaper', '工会报社'), ('sanatorium', '工人疗休养院'), ('hotel', '工会宾馆'), ('travel_agency', '职工旅行社'), ('service_centre', '职工服务中心'), ('mutual_aid', '职工互助保障组织'), ('other', '其他')], max_length=20, verbose_name='类别')),
                ('kind_note', models.CharField(blank=True, max_length=100, verbose_name='类别说明')),
                ('status', models.CharField(choices=[('active', '运行中'), ('suspended', '暂停运行'), ('merged', '已合并'), ('closed', '已关闭')], default='active', max_length=10, verbose_name='状态')),
                ('legal_form', models.CharField(choices=[('enterprise', '企业'), ('institution', '事业单位'), ('association', '社会团体'), ('internal', '内设机构')], max_length=20, verbose_name='法律形式')),
                ('uscc', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('division_code', models.CharField(max_length=6, verbose_name='行政区划代码')),
                ('address', models.CharField(max_length=200, verbose_name='地址')),
                ('land_area', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='占地面积')),
                ('building_area', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='建筑面积')),
                ('ownership_certificate', models.CharField(max_length=200, verbose_name='权属证')),
                ('affiliation', models.CharField(max_length=200, verbose_name='隶属关系')),
                ('service_functions', models.TextField(max_length=2000, verbose_name='服务功能')),
                ('staff_quota', models.PositiveIntegerField(null=True, verbose_name='编制数')),
                ('opened_on', models.DateField(null=True, verbose_name='启用日期')),
                ('is_directly_affiliated', models.BooleanField(default=False, verbose_name='本级直属')),
                ('safety_officer', models.CharField(blank=True, max_length=30, verbose_name='安全责任人')),
                ('unit_1', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion')),
                ('supervising_union', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.tradeunion', verbose_name='主管工会')),
                ('supervisor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='监管责任人')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 阵地',
                'verbose_name_plural': 'historical 阵地s',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [],
                'constraints': [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('code', models.CharField(error_messages={'unique': '已有阵地使用这个编号。'}, max_length=20, unique=True, verbose_name='编号')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('kind', models.CharField(choices=[('cultural_palace', '工人文化宫'), ('cadre_college', '工会干部院校'), ('workers_school', '职工学校'), ('sports_venue', '职工文体活动场馆'), ('newspaper', '工会报社'), ('sanatorium', '工人疗休养院'), ('hotel', '工会宾馆'), ('travel_agency', '职工旅行社'), ('service_centre', '职工服务中心'), ('mutual_aid', '职工互助保障组织'), ('other', '其他')], max_length=20, verbose_name='类别')),
                ('kind_note', models.CharField(blank=True, max_length=100, verbose_name='类别说明')),
                ('status', models.CharField(choices=[('active', '运行中'), ('suspended', '暂停运行'), ('merged', '已合并'), ('closed', '已关闭')], default='active', max_length=10, verbose_name='状态')),
                ('legal_form', models.CharField(choices=[('enterprise', '企业'), ('institution', '事业单位'), ('association', '社会团体'), ('internal', '内设机构')], max_length=20, verbose_name='法律形式')),
                ('uscc', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('supervising_union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='organizations.tradeunion', verbose_name='主管工会')),
                ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='监管责任人')),
                ('division_code', models.CharField(max_length=6, verbose_name='行政区划代码')),
                ('address', models.CharField(max_length=200, verbose_name='地址')),
                ('land_area', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='占地面积')),
                ('building_area', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='建筑面积')),
                ('ownership_certificate', models.CharField(max_length=200, verbose_name='权属证')),
                ('affiliation', models.CharField(max_length=200, verbose_name='隶属关系')),
                ('service_functions', models.TextField(max_length=2000, verbose_name='服务功能')),
                ('staff_quota', models.PositiveIntegerField(null=True, verbose_name='编制数')),
                ('opened_on', models.DateField(null=True, verbose_name='启用日期')),
                ('is_directly_affiliated', models.BooleanField(default=False, verbose_name='本级直属')),
                ('safety_officer', models.CharField(blank=True, max_length=30, verbose_name='安全责任人')),
            ],
            options={
                'verbose_name': '阵地',
                'indexes': [models.Index(fields=['unit_1', 'code'], name='venues_venue_unit_1'), models.Index(fields=['unit_2', 'code'], name='venues_venue_unit_2'), models.Index(fields=['unit_3', 'code'], name='venues_venue_unit_3')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['cultural_palace', 'cadre_college', 'workers_school', 'sports_venue', 'newspaper', 'sanatorium', 'hotel', 'travel_agency', 'service_centre', 'mutual_aid', 'other'])), name='venues_venue_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'other'), _negated=True), models.Q(('kind_note', ''), _negated=True), _connector='OR'), name='venues_venue_other_kind_said', violation_error_message='类别为“其他”时须说明属于何种阵地。'), models.CheckConstraint(condition=models.Q(models.Q(('land_area', None), ('land_area__gte', 0), _connector='OR'), models.Q(('building_area', None), ('building_area__gte', 0), _connector='OR')), name='venues_venue_areas_not_negative', violation_error_message='面积不能为负数。'), models.UniqueConstraint(condition=models.Q(('uscc', ''), _negated=True), fields=('uscc',), name='venues_venue_uscc_once', violation_error_message='已有阵地登记了这个统一社会信用代码。')],
            },
        ),
        migrations.CreateModel(
            name='CoreBusiness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='core_businesses', to='venues.venue')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('description', models.CharField(blank=True, max_length=500, verbose_name='内容')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
            ],
            options={
                'verbose_name': '主责主业',
                'constraints': [models.UniqueConstraint(fields=('venue', 'name'), name='venues_core_business_once', violation_error_message='这项主责主业已经列入。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Readiness',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readiness', to='venues.venue')),
                ('state', models.CharField(choices=[('draft', '自评中'), ('submitted', '待审核'), ('ready', '具备条件'), ('not_ready', '暂不具备条件')], default='draft', max_length=10, verbose_name='状态')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='自评人')),
                ('started_at', models.DateTimeField(verbose_name='开始时间')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='提交时间')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='审核时间')),
                ('review_note', models.TextField(blank=True, max_length=2000, verbose_name='审核意见')),
                ('valid_until', models.DateField(null=True, verbose_name='有效期至')),
            ],
            options={
                'verbose_name': '阵地条件自评',
                'indexes': [models.Index(fields=['venue', 'state'], name='venues_readiness_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('venue',), name='venues_readiness_one_open', violation_error_message='本阵地已有一份未办结的条件自评。'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at', None), ('submitted_by', None)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='venues_readiness_submitted_who_when'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), ('state__in', ['ready', 'not_ready'])), models.Q(('reviewed_at', None), ('reviewed_by', None), ('state__in', ['draft', 'submitted'])), _connector='OR'), name='venues_readiness_reviewed_iff_closed'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='venues_readiness_other_reviewer', violation_error_message='自评人不能审核自己的条件自评。')],
            },
        ),
        migrations.CreateModel(
            name='ReadinessItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('readiness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='venues.readiness')),
                ('code', models.CharField(choices=[('9-1', '阵地及基本服务设施'), ('9-2', '专职工作人员'), ('9-3', '经济基础、管理水平和改革创新能力'), ('9-4', '内在动力')], max_length=5, verbose_name='条件')),
                ('conclusion', models.CharField(blank=True, choices=[('met', '具备'), ('unmet', '不具备')], max_length=10, verbose_name='结论')),
                ('facts', models.JSONField(default=dict, verbose_name='事实')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
                ('written_at', models.DateTimeField(null=True, verbose_name='填写时间')),
            ],
            options={
                'verbose_name': '条件自评项',
                'constraints': [models.UniqueConstraint(fields=('readiness', 'code'), name='venues_readiness_item_once'), models.CheckConstraint(condition=models.Q(('code__in', ['9-1', '9-2', '9-3', '9-4'])), name='venues_readiness_item_code')],
                'indexes': [],
            },
        ),
    ]

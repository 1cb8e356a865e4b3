import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TradeUnion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('short_name', models.CharField(max_length=30, verbose_name='简称')),
                ('code', models.CharField(error_messages={'unique': '已有工会使用这个编码，请核对。'}, max_length=20, unique=True, verbose_name='编码')),
                ('level', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县（区）级'), ('industry', '省级产业工会')], max_length=10, verbose_name='层级')),
                ('division_code', models.CharField(max_length=6, verbose_name='行政区划代码')),
                ('has_party_group', models.BooleanField(default=True, verbose_name='设有党组')),
            ],
            options={
                'verbose_name': '工会',
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['province', 'city', 'county', 'industry'])), name='organizations_union_level')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='organizations.tradeunion')),
                ('kind', models.CharField(choices=[('asset', '资产监督管理部门'), ('personnel', '组织人事部门'), ('discipline', '党委（纪委）'), ('finance', '财务部门'), ('fund_review', '经审部门'), ('office', '办公室'), ('publicity', '宣教部门'), ('rights', '权保部门'), ('organization', '组织部门')], max_length=20, verbose_name='职能')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
            ],
            options={
                'verbose_name': '部门',
                'constraints': [models.UniqueConstraint(fields=('union', 'kind'), name='organizations_department_once', violation_error_message='该工会已设有承担这项职能的部门。'), models.CheckConstraint(condition=models.Q(('kind__in', ['asset', 'personnel', 'discipline', 'finance', 'fund_review', 'office', 'publicity', 'rights', 'organization'])), name='organizations_department_kind')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='日期')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('is_workday', models.BooleanField(verbose_name='是否上班')),
                ('source', models.CharField(max_length=200, verbose_name='来源')),
            ],
            options={
                'verbose_name': '节假日安排',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Parameter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('union', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parameters', to='organizations.tradeunion')),
                ('code', models.CharField(max_length=40, verbose_name='参数')),
                ('value', models.CharField(max_length=40, verbose_name='数值')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('decided_by', models.CharField(max_length=100, verbose_name='决定机构')),
            ],
            options={
                'verbose_name': '参数',
                'constraints': [models.UniqueConstraint(fields=('union', 'code', 'valid_from'), name='organizations_parameter_once'), models.UniqueConstraint(condition=models.Q(('union', None)), fields=('code', 'valid_from'), name='organizations_parameter_once_for_all')],
                'indexes': [],
            },
        ),
    ]

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0002_own_account'), ('accounts', '0003_saved_views'), ('accounts', '0004_api_token')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(error_messages={'unique': '这个账号已经有人使用。'}, max_length=60, unique=True, verbose_name='账号')),
                ('name', models.CharField(max_length=30, verbose_name='姓名')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='下次登录须改密码')),
                ('created_at', models.DateTimeField(null=True, verbose_name='建立时间')),
                ('text_size', models.CharField(blank=True, choices=[('lg', '大字')], max_length=2, verbose_name='字号')),
                ('tour_step', models.PositiveSmallIntegerField(default=0, verbose_name='引导进度')),
                ('session_epoch', models.PositiveIntegerField(default=0, verbose_name='登录批次')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='登录时间')),
                ('device', models.CharField(max_length=60, verbose_name='设备')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='退出时间')),
            ],
            options={
                'verbose_name': '登录',
                'indexes': [models.Index(fields=['user', '-at'], name='accounts_sign_in_of')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('role', models.CharField(choices=[('venue_staff', '阵地经办人'), ('venue_manager', '阵地负责人'), ('asset_officer', '资产监管部经办人'), ('asset_head', '资产监管部部长'), ('countersigner', '会签部门经办人'), ('counsel', '法律顾问'), ('leader', '分管领导'), ('secretary', '会议秘书'), ('auditor', '审计人员'), ('expert', '外聘律师、行业专家'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=20, verbose_name='角色')),
                ('union', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion', verbose_name='工会')),
                ('department_kind', models.CharField(blank=True, choices=[('asset', '资产监督管理部门'), ('personnel', '组织人事部门'), ('discipline', '党委（纪委）'), ('finance', '财务部门'), ('fund_review', '经审部门'), ('office', '办公室'), ('publicity', '宣教部门'), ('rights', '权保部门'), ('organization', '组织部门')], max_length=20, verbose_name='部门')),
                ('venue_id', models.UUIDField(blank=True, null=True, verbose_name='阵地')),
                ('title', models.CharField(max_length=60, verbose_name='职务')),
                ('valid_from', models.DateField(verbose_name='任职起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='任职止')),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'valid_from'], name='accounts_post_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_post_dates_in_order', violation_error_message='任职止日不能早于任职起日。')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('list_name', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=12, verbose_name='名称')),
                ('query', models.CharField(max_length=2000, verbose_name='条件')),
                ('created_at', models.DateTimeField(verbose_name='保存时间')),
            ],
            options={
                'verbose_name': '保存的视图',
                'constraints': [models.UniqueConstraint(fields=('user', 'list_name', 'name'), name='accounts_view_name_once', violation_error_message='已有同名的视图。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('name', models.CharField(max_length=60, verbose_name='用途')),
                ('prefix', models.CharField(max_length=12, verbose_name='开头')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('may_write', models.BooleanField(default=False, verbose_name='可以办理')),
                ('created_at', models.DateTimeField(verbose_name='建立时间')),
                ('expires_on', models.DateField(verbose_name='最后有效日')),
                ('last_used_on', models.DateField(null=True, verbose_name='最近使用')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-created_at'], name='accounts_token_user')],
                'constraints': [],
            },
        ),
    ]

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notifications', '0002_preferences'), ('notifications', '0003_topics'), ('notifications', '0004_levels')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('kind', models.CharField(max_length=60, verbose_name='事项')),
                ('subject_id', models.UUIDField()),
                ('case_id', models.UUIDField(null=True)),
                ('venue_id', models.UUIDField(null=True)),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('url', models.CharField(max_length=300, verbose_name='地址')),
                ('due_on', models.DateField(verbose_name='期限日')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='修订')),
                ('created_at', models.DateTimeField(verbose_name='建立时间')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='结束时间')),
            ],
            options={
                'verbose_name': '期限',
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['due_on'], name='notifications_deadline_near')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id', 'revision'), name='notifications_deadline_revision'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('kind', 'subject_id'), name='notifications_deadline_one_open')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='notifications.deadline')),
                ('fire_on', models.DateField(verbose_name='提醒日')),
                ('label', models.CharField(max_length=80, verbose_name='提醒')),
                ('level', models.PositiveSmallIntegerField(default=0, verbose_name='提醒到哪一层')),
                ('fired_at', models.DateTimeField(null=True, verbose_name='发出时间')),
            ],
            options={
                'verbose_name': '期限提醒',
                'indexes': [models.Index(condition=models.Q(('fired_at', None)), fields=['fire_on'], name='notifications_alert_due')],
                'constraints': [models.UniqueConstraint(fields=('deadline', 'fire_on', 'label'), name='notifications_alert_once')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineAudience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audiences', to='notifications.deadline')),
                ('level', models.PositiveSmallIntegerField(default=0, verbose_name='从哪一层起提醒')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('permission', models.CharField(blank=True, max_length=60, verbose_name='权限或角色')),
                ('union', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('venue_id', models.UUIDField(null=True)),
                ('department_kind', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'verbose_name': '提醒对象',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='OutboxItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dedupe_key', models.CharField(max_length=300, unique=True)),
                ('kind', models.CharField(max_length=60, verbose_name='类别')),
                ('channel', models.CharField(choices=[('inapp', '站内消息'), ('email', '电子邮件')], max_length=10, verbose_name='渠道')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('deadline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notifications.deadline')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('body', models.TextField(blank=True, max_length=2000, verbose_name='正文')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='地址')),
                ('case_id', models.UUIDField(null=True)),
                ('not_before', models.DateTimeField()),
                ('status', models.CharField(choices=[('pending', '待发送'), ('leased', '发送中'), ('retry', '待重试'), ('sent', '已送达'), ('dead', '未送达'), ('cancelled', '已取消')], default='pending', max_length=10, verbose_name='状态')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='次数')),
                ('next_at', models.DateTimeField()),
                ('lease_token', models.UUIDField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=500, verbose_name='错误')),
                ('created_at', models.DateTimeField(verbose_name='写入时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '待发消息',
                'indexes': [models.Index(condition=models.Q(('status__in', ('pending', 'retry', 'leased'))), fields=['next_at'], name='notifications_outbox_due'), models.Index(fields=['created_at'], name='notifications_outbox_log')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', False), ('status', 'leased')), models.Q(models.Q(('status', 'leased'), _negated=True), ('lease_token', None)), _connector='OR'), name='notifications_leased_iff_token'), models.CheckConstraint(condition=models.Q(('next_at__gte', models.F('not_before'))), name='notifications_not_before')],
            },
        ),
        migrations.CreateModel(
            name='InboxItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outbox', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notifications.outboxitem')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('body', models.TextField(blank=True, max_length=2000, verbose_name='正文')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='地址')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('read_at', models.DateTimeField(null=True, verbose_name='已读时间')),
            ],
            options={
                'verbose_name': '站内消息',
                'indexes': [models.Index(fields=['user', '-at'], name='notifications_inbox_of'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notifications_inbox_unread')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='DeliveryAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outbox', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempt_rows', to='notifications.outboxitem')),
                ('number', models.PositiveIntegerField()),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('sent', '已送达'), ('failed', '发送失败'), ('lost', '发送中断')], max_length=10)),
                ('error', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'verbose_name': '投递记录',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='MutedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.CharField(choices=[('supervision.report', '报告'), ('supervision.rectification', '整改'), ('approvals', '方案审批'), ('meetings', '会议'), ('contracts', '合同'), ('evaluations', '考核评价'), ('disclosure', '公开信息'), ('venues', '条件自评'), ('accounts', '账号安全')], max_length=40, verbose_name='类型')),
            ],
            options={
                'verbose_name': '不收邮件的类型',
                'constraints': [models.UniqueConstraint(fields=('user', 'topic'), name='notifications_muted_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
            ],
            options={
                'verbose_name': '日历订阅',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Runner',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('beat_at', models.DateTimeField(null=True)),
                ('owner', models.UUIDField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '执行器',
                'indexes': [],
                'constraints': [],
            },
        ),
    ]

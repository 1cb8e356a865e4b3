import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('regulation', '0001_policy_library'), ('regulation', '0002_policy_texts')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('documents', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyDocument',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('title', models.CharField(max_length=200, unique=True, verbose_name='名称')),
                ('issuer', models.CharField(blank=True, max_length=100, verbose_name='制定机关')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='印发日期')),
                ('status', models.CharField(choices=[('awaited', '待省总资产监管部提供原文'), ('available', '有原文')], default='awaited', max_length=20, verbose_name='状态')),
                ('cited_by', models.CharField(blank=True, max_length=20, verbose_name='引用条款')),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment')),
                ('provided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provided_at', models.DateTimeField(null=True, verbose_name='提供时间')),
            ],
            options={
                'verbose_name': '政策依据',
                'constraints': [models.CheckConstraint(condition=models.Q(('status', 'awaited'), models.Q(models.Q(('issuer', ''), _negated=True), ('issued_on__isnull', False)), _connector='OR'), name='regulation_policy_at_hand_is_dated', violation_error_message='有原文的政策依据须写明制定机关和印发日期。'), models.CheckConstraint(condition=models.Q(('status__in', ['awaited', 'available'])), name='regulation_policy_status'), models.CheckConstraint(condition=models.Q(models.Q(('attachment', None), ('provided_at', None), ('provided_by', None)), models.Q(('attachment__isnull', False), ('provided_at__isnull', False), ('provided_by__isnull', False)), _connector='OR'), name='regulation_policy_provided_by_and_at')],
                'indexes': [],
            },
        ),
    ]

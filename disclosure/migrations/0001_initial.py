import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('disclosure', '0001_disclosures')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('organizations', '0001_initial'),
        ('venues', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='venues.venue')),
                ('number', models.PositiveIntegerField(verbose_name='版次')),
                ('state', models.CharField(choices=[('draft', '填报中'), ('in_review', '待审核'), ('published', '已公开'), ('superseded', '已被新版替代'), ('withdrawn', '已撤下')], default='draft', max_length=12, verbose_name='状态')),
                ('opening_hours', models.TextField(blank=True, max_length=2000, verbose_name='开放时间')),
                ('steps', models.TextField(blank=True, max_length=2000, verbose_name='操作流程')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='联系方式')),
                ('supervision_phone', models.CharField(blank=True, max_length=40, verbose_name='监督电话')),
                ('model_workers_offer', models.TextField(blank=True, max_length=2000, verbose_name='劳模工匠优惠')),
                ('workers_in_need_offer', models.TextField(blank=True, max_length=2000, verbose_name='困难职工优惠')),
                ('members_offer', models.TextField(blank=True, max_length=2000, verbose_name='工会会员优惠')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人')),
                ('drafted_at', models.DateTimeField(verbose_name='开始填报')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='最后填写人')),
                ('written_at', models.DateTimeField(verbose_name='最后填写')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='提交时间')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='审核时间')),
                ('review_note', models.TextField(blank=True, max_length=2000, verbose_name='审核意见')),
                ('published_at', models.DateTimeField(null=True, verbose_name='公布时间')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤下人')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤下时间')),
                ('withdrawal_reason', models.TextField(blank=True, max_length=2000, verbose_name='撤下原因')),
            ],
            options={
                'verbose_name': '公开信息',
                'indexes': [models.Index(fields=['state', 'published_at'], name='disclosure_state_published')],
                'constraints': [models.UniqueConstraint(fields=('venue', 'number'), name='disclosure_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('venue',), name='disclosure_one_published'), models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'in_review'))), fields=('venue',), name='disclosure_one_open', violation_error_message='本阵地已有一份填报中或待审核的公开信息。'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state__in', ('draft', 'in_review'))), models.Q(models.Q(('state__in', ('draft', 'in_review')), _negated=True), ('published_at__isnull', False)), _connector='OR'), name='disclosure_published_iff_reviewed'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='disclosure_other_reviewer', violation_error_message='提交人不能审核自己提交的公开信息。'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at', None), ('submitted_by', None)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='disclosure_submitted_who_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at', None), ('withdrawn_by', None)), _connector='OR'), name='disclosure_withdrawn_who_when')],
            },
        ),
        migrations.CreateModel(
            name='DisclosedService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='disclosure.disclosure')),
                ('name', models.CharField(max_length=60, verbose_name='服务项目')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('price', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='价格（元）')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='计价单位')),
                ('core_business', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='venues.corebusiness', verbose_name='所属主责主业')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
            ],
            options={
                'verbose_name': '公开的服务项目',
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'order'), name='disclosure_service_order_once'), models.CheckConstraint(condition=models.Q(('price', None), ('price__gte', 0), _connector='OR'), name='disclosure_price_not_negative', violation_error_message='价格不能为负数。')],
                'indexes': [],
            },
        ),
    ]

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_documents_files_and_papers'), ('documents', '0002_audience_of_a_matter'), ('documents', '0003_numbers_in_a_register')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('content_type', models.CharField(max_length=100, verbose_name='类型')),
                ('extension', models.CharField(max_length=8, verbose_name='扩展名')),
                ('pages', models.PositiveIntegerField(default=0, verbose_name='页数')),
                ('stored_at', models.DateTimeField(verbose_name='存入时间')),
            ],
            options={
                'verbose_name': '文件',
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='documents_file_not_empty')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='文件')),
                ('name', models.CharField(max_length=120, verbose_name='文件名')),
                ('case_id', models.UUIDField(verbose_name='所属事项')),
                ('venue_id', models.UUIDField(blank=True, null=True, verbose_name='阵地')),
                ('purpose', models.CharField(blank=True, max_length=60, verbose_name='用途')),
                ('audience', models.CharField(choices=[('case', '经办各方'), ('matter', '随事项阅看'), ('meeting_record', '会议记录知悉范围')], max_length=20, verbose_name='知悉范围')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('uploaded_at', models.DateTimeField(verbose_name='上传时间')),
            ],
            options={
                'verbose_name': '附件',
                'indexes': [models.Index(fields=['case_id', 'purpose'], name='documents_attachment_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['case', 'matter', 'meeting_record'])), name='documents_attachment_audience')],
            },
        ),
        migrations.CreateModel(
            name='IssuedDocument',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('kind', models.CharField(max_length=40, verbose_name='文种')),
                ('number', models.CharField(max_length=80, verbose_name='编号')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('case_id', models.UUIDField(verbose_name='所属事项')),
                ('venue_id', models.UUIDField(blank=True, null=True, verbose_name='阵地')),
                ('audience', models.CharField(choices=[('case', '经办各方'), ('matter', '随事项阅看'), ('meeting_record', '会议记录知悉范围')], max_length=20, verbose_name='知悉范围')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion', verbose_name='出具工会')),
                ('snapshot', models.TextField(verbose_name='内容快照')),
                ('html_sha256', models.CharField(max_length=64, verbose_name='排版校验')),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='PDF')),
                ('verify_code', models.CharField(max_length=12, unique=True, verbose_name='核验码')),
                ('status', models.CharField(choices=[('in_force', '有效'), ('superseded', '已被新文件替代'), ('void', '已作废')], default='in_force', max_length=12, verbose_name='状态')),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issueddocument', verbose_name='替代文件')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='出具人')),
                ('issued_at', models.DateTimeField(verbose_name='出具时间')),
            ],
            options={
                'verbose_name': '已出具文件',
                'indexes': [models.Index(fields=['case_id', 'kind'], name='documents_issued_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['case', 'matter', 'meeting_record'])), name='documents_issued_audience'), models.CheckConstraint(condition=models.Q(('status__in', ['in_force', 'superseded', 'void'])), name='documents_issued_status'), models.CheckConstraint(condition=models.Q(('superseded_by', None), ('status', 'superseded'), _connector='XOR'), name='documents_superseded_iff_successor', violation_error_message='被替代的文件须指明替代它的新文件。')],
            },
        ),
        migrations.CreateModel(
            name='NumberSequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=60, verbose_name='序列')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='已用到')),
                ('kind', models.CharField(blank=True, choices=[('plan', '方案登记号'), ('exception', '例外登记号'), ('minutes', '会议纪要文号'), ('return_notice', '退回通知文号'), ('reply', '批复文号'), ('contract', '合同登记号'), ('filing', '合同备案号'), ('evaluation', '评价报告编号')], max_length=20, verbose_name='类别')),
                ('holder', models.CharField(blank=True, max_length=80, verbose_name='编号单位')),
                ('registered_from', models.PositiveIntegerField(default=1, verbose_name='登记起点')),
            ],
            options={
                'verbose_name': '编号序列',
                'constraints': [models.UniqueConstraint(fields=('series', 'year'), name='documents_series_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='NumberEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('unit_1', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_2', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_3', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('unit_4', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion')),
                ('sequence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='documents.numbersequence')),
                ('no', models.PositiveIntegerField(verbose_name='序号')),
                ('text', models.CharField(max_length=80, verbose_name='编号')),
                ('title', models.CharField(max_length=200, verbose_name='事项')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.tradeunion', verbose_name='工会')),
                ('venue_id', models.UUIDField(blank=True, null=True, verbose_name='阵地')),
                ('case_id', models.UUIDField(verbose_name='所属事项')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='编号人')),
                ('taken_at', models.DateTimeField(verbose_name='编号时间')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
            ],
            options={
                'verbose_name': '编号登记',
                'indexes': [models.Index(fields=['-taken_at'], name='documents_number_taken'), models.Index(fields=['case_id'], name='documents_number_case')],
                'constraints': [models.UniqueConstraint(fields=('sequence', 'no'), name='documents_number_once')],
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0002_command_answer')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Command',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.UUIDField()),
                ('command_id', models.UUIDField()),
                ('path', models.CharField(max_length=300)),
                ('request_sha256', models.CharField(max_length=64)),
                ('location', models.CharField(blank=True, max_length=500)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user_id', 'command_id'), name='core_command_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='FixedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
    ]

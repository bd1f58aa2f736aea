"""Web sites that tell others about their visitors; the guards of 0002 stand aside while SQLite makes the table anew.

SQLite copies a table whose columns change, and drops its triggers with the old one.
"""

from importlib import import_module

from django.db import migrations, models

guards = import_module("directory.migrations.0002_confidential_guards")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_desk_labels'),
    ]

    operations = [
        migrations.RunPython(guards.drop, guards.create),
        migrations.AddField(
            model_name='contact',
            name='tells_others',
            field=models.BooleanField(default=False, help_text='A page of ours then comes first: it says so and shows the numbers to call.', verbose_name='this site tells others about its visitors'),
        ),
        migrations.AddField(
            model_name='contact',
            name='tells_others_date',
            field=models.CharField(blank=True, max_length=120, verbose_name='since when it is known'),
        ),
        migrations.AddField(
            model_name='contact',
            name='tells_others_source',
            field=models.CharField(blank=True, max_length=400, verbose_name='who says so'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('tells_others', False), models.Q(models.Q(('tells_others_source', ''), _negated=True), models.Q(('tells_others_date', ''), _negated=True)), _connector='OR'), name='directory_contact_mark_sourced'),
        ),
        migrations.RunPython(guards.create, guards.drop),
    ]

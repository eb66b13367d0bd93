"""Fill the working calendar; a year not announced yet is marked provisional."""

from django.db import migrations

from filings.workingdays import known_days

YEARS = range(2021, 2029)


def fill(apps, schema_editor):
    CalendarDay = apps.get_model("filings", "CalendarDay")
    rows = [
        CalendarDay(day=d.day, is_workday=d.is_workday, note=d.note, is_provisional=d.is_provisional)
        for year in YEARS
        for d in known_days(year)
    ]
    CalendarDay.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("filings", "0002_guards")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

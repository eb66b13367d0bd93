from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from filings import reliances
from filings.models import Procedure
from filings.submissions import document_of


class Command(BaseCommand):
    help = (
        "Write what filings stand on that were submitted before this was kept, from their newest submissions, "
        "oldest first. May be run again, and stopped at any moment."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = refused = 0
        lacking = Procedure.objects.filter(submissions__isnull=False, submissions__reliances__isnull=True)
        for pk in lacking.order_by("pk").distinct().values_list("pk", flat=True).iterator():
            procedure = Procedure.objects.get(pk=pk)
            newest = procedure.submissions.select_related("procedure__filing").latest("pk")
            with transaction.atomic():
                left_out = reliances.project(submission=newest, document=document_of(newest), at=timezone.now())
                reliances.settle(procedure)
            done, refused = done + 1, refused + len(left_out)
        self.stdout.write(f"{done} procedures; {refused} citations left out, since they would close a circle.")

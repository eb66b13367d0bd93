from typing import Any

from django.core.management.base import BaseCommand

from filings import sealed


class Command(BaseCommand):
    help = (
        "Encrypt every personal value anew under the first key of FIELD_ENCRYPTION_KEYS. "
        "Put the new key first, keep the old ones behind it, run this, then take the old ones away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = sealed.rotate()
        self.stdout.write(f"{count} values now stand under the first key.")

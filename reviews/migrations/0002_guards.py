"""What PostgreSQL guards of the two-person rule."""

from django.db import migrations

from filings.triggers import append_only, not_append_only, stamp_transaction
from reviews import triggers

INSTALL = "\n".join(
    (
        triggers.PROPOSER_IS_POSTED,
        triggers.DECLINE_HAS_GROUND,
        triggers.SIGNER_IS_ANOTHER,
        stamp_transaction("reviews_signature"),
        append_only("reviews_signature"),
        triggers.MOVE_HAS_SIGNATURE,
        triggers.FILING_FOLLOWS_PROCEDURE,
    )
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("filings", "0002_guards")]
    operations = [migrations.RunSQL(INSTALL, not_append_only("reviews_signature") + triggers.REMOVE)]

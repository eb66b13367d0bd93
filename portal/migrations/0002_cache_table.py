from django.db import migrations

CREATE = """
CREATE TABLE IF NOT EXISTS portal_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS portal_cache_expires ON portal_cache (expires);
"""


class Migration(migrations.Migration):
    """The shared cache (sign-in throttling) lives in the database every installation has."""

    dependencies = [("portal", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE IF EXISTS portal_cache")]

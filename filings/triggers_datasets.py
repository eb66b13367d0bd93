"""The guards of the catalogue of data sets, as SQL used by a migration and tests."""

from filings import triggers

# What was graded was graded as it stood; who applied for what never changes.
INSTALL = (
    triggers.frozen_columns(
        "filings_dataset",
        ("matter_id", "description", "source", "licence", "data_class", "size", "contact", "wished_grade", "grade"),
        when="OLD.graded_at IS NOT NULL",
    )
    + triggers.frozen_columns("filings_datarequest", ("matter_id", "dataset_id", "applicant_id", "purpose", "handling"))
    + """
CREATE OR REPLACE FUNCTION filings_dataset_is_graded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM filings_dataset d WHERE d.matter_id = NEW.id AND d.grade <> '') THEN
    RAISE EXCEPTION 'data set % has no grade', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'what_is_published_is_graded';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER what_is_published_is_graded AFTER UPDATE OF status ON filings_matter
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.kind = 'dataset' AND NEW.status = 'published')
  EXECUTE FUNCTION filings_dataset_is_graded();
"""
)
REMOVE = (
    triggers.not_frozen_columns("filings_dataset")
    + triggers.not_frozen_columns("filings_datarequest")
    + """
DROP TRIGGER IF EXISTS what_is_published_is_graded ON filings_matter;
DROP FUNCTION IF EXISTS filings_dataset_is_graded();
"""
)

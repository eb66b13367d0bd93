"""The dossier as a typed document: declared once, used by page, check, diff, print and schema."""

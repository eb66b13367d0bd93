"""`make bench`: measures pages, search, claiming and a whole dossier, and writes docs/performance.md."""

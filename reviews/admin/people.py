"""Authorities and postings."""

"""Complete specimen documents of an invented provider, in Chinese.

They are shown to providers as an example, fill the demonstration and serve the tests. Every name,
code, address and number in them is invented; codes are valid only in their check characters.
"""

from filings.dossier.specimen.algorithms import dossier
from filings.dossier.specimen.entity import entity
from filings.dossier.specimen.services import service

__all__ = ["SERVICES", "VARIANTS", "dossier", "entity", "service"]

SERVICES = ("generative", "generative_registration")

VARIANTS: tuple[tuple[str, str, str], ...] = (
    ("deep_synthesis", "01", "provider"),
    ("deep_synthesis", "01", "supporter"),
    ("recommendation", "02", ""),
    ("recommendation", "03", ""),
    ("recommendation", "04", ""),
    ("recommendation", "05", ""),
    ("recommendation", "06", ""),
)

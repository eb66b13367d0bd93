"""What the pages say about this installation, read now and then rather than on every page."""

from dataclasses import dataclass
from time import monotonic

from filings.models import Installation

_SECONDS = 60
_read: list[tuple[float, "Names"]] = []


@dataclass(frozen=True, slots=True)
class Names:
    """The authority's name in both languages; empty before `manage.py setup`."""

    zh: str = ""
    en: str = ""


def authority() -> Names:
    """The authority this portal belongs to, at most a minute old in each process."""
    if _read and monotonic() - _read[0][0] < _SECONDS:
        return _read[0][1]
    row = Installation.objects.values_list("authority_zh", "authority_en").first()
    names = Names(*row) if row else Names()
    _read[:] = [(monotonic(), names)]
    return names

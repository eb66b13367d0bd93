"""File names as people gave them, without what could mislead a reader or a program."""

import re
import unicodedata

from filings.uploads.refusals import RefusedUpload

LONGEST = 150
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
DRIVE = re.compile(r"^[A-Za-z]:")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_PROGRAMS = (
    "apk app asp aspx bat chm cmd cpl dll dmg elf exe hta htm html img inf iso jar js jse jsp lnk mht mhtml mjs msc"
    " msi msp php phtml pif pl ps1 psm1 py pyc reg scf scr sh svg swf vb vbe vbs wsf wsh xht xhtml xll"
)
PROGRAM_ENDINGS = frozenset(_PROGRAMS.split())


def clean_name(given: str) -> str:
    """The name to keep and show. Raises RefusedUpload for names that play tricks.

    Refused are paths, invisible and direction-changing characters, names of devices, hidden
    files, and the ending of a program before the last ending. Long names are shortened.
    """
    name = unicodedata.normalize("NFC", given or "").strip()
    if any(unicodedata.category(char) in INVISIBLE for char in name):
        raise RefusedUpload("hidden_characters", name=visible(name))
    if "/" in name or "\\" in name or DRIVE.match(name):
        raise RefusedUpload("path_in_name", name=name)
    if not name or name.startswith((".", "~")) or name.endswith(".") or RESERVED.fullmatch(name):
        raise RefusedUpload("bad_name", name=name)
    for part in name.lower().split(".")[1:-1]:
        if part.strip() in PROGRAM_ENDINGS:
            raise RefusedUpload("double_extension", name=name, ending=f".{part.strip()}")
    return _shortened(name)


def ending_of(name: str) -> str:
    """The last ending in lower case without its dot, "" for none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def visible(name: str) -> str:
    """The name with every invisible character shown as a box."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in INVISIBLE else c for c in name)


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = ending_of(name)
    return f"{name[: LONGEST - len(ending) - 2]}….{ending}" if ending else name[:LONGEST]

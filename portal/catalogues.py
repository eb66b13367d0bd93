"""Compiles translations without gettext's programs, which a bare machine lacks."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed


def compile_stale(folders: Iterable[Path] | None = None) -> list[Path]:
    """Make each .mo that is older than its .po, and say which. Safe with several processes at once.

    Without ``folders``, those of the settings.
    """
    catalogues = [po for folder in folders or settings.LOCALE_PATHS for po in Path(folder).glob("*/LC_MESSAGES/*.po")]
    compiled = [po.with_suffix(".mo") for po in catalogues if _is_stale(po) and _compile(po)]
    for mo in compiled:  # this process may have looked before the file was there
        translation_file_changed(sender=None, file_path=mo)
    return compiled


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _compile(po: Path) -> bool:
    handle, draft = tempfile.mkstemp(dir=po.parent)
    os.close(handle)
    polib.pofile(str(po)).save_as_mofile(draft)
    Path(draft).chmod(0o644)
    Path(draft).replace(po.with_suffix(".mo"))
    return True

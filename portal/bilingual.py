"""Longer texts that are data: Chinese and English side by side, shown in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Both:
    """One text in both languages; its `str` is the one the reader asked for."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if (get_language() or "zh").startswith("zh") else self.en

"""The type of a text that may still wait for its language."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = object

__all__ = ["Words"]

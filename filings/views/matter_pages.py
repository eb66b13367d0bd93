"""What the page of a matter shows besides what all matters share: one function a kind.

A kind that is named here has a template ``filings/matters/<kind>.html``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from filings.models import Matter
    from filings.views.requests import PersonRequest

CONTEXT: dict[str, Callable[[PersonRequest, Matter], dict[str, Any]]] = {}

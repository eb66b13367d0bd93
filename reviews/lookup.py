"""Finding a lodged filing from whatever the officer knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Prefetch, Q, Subquery

from filings import access, names
from filings.models import Filing, Procedure
from reviews.models import ReviewTask

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.models import User


def filings_found(user: User, text: str) -> QuerySet[Filing]:
    """Lodged filings that the officer may see by part of name, number or entity, newest first.

    Each has ``task``, the key of its last review task, and its procedures, newest first.
    """
    seen = access.officer_sees(user)
    key = names.key(text)
    if seen is None or not key:
        return Filing.objects.none()
    wanted = (
        Q(name__icontains=text)
        | Q(held_name__contains=key)
        | Q(name__icontains=text)
        | Q(number__icontains=text)
        | Q(entity__name__icontains=text)
    )
    tasks = ReviewTask.objects.filter(procedure__filing=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    procedures = Prefetch("procedures", Procedure.objects.order_by("-pk"))
    found = Filing.objects.filter(seen, wanted).select_related("entity").annotate(task=Subquery(tasks))
    return found.prefetch_related(procedures).order_by("-lodged_at", "-pk")

"""Bare Django views: the same SQL as the portal's pages, the same rows in one plain template.

They run in the same server behind the same middleware; `bench.inside` compares their statements
with the pages' word by word.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from filings import dashboard, entities, inspections, members, numbers, orders
from filings.lifecycle import ProcedureStatus
from filings.models import (
    CalendarDay,
    Entity,
    Finding,
    Membership,
    Procedure,
    Product,
    RegisterEntry,
    RegisterVersion,
    Sealing,
)
from portal.register import queries


def _plain(request: HttpRequest, **found: Any) -> HttpResponse:
    return render(request, "bench/bare.html", found)


@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    criteria = queries.Criteria.read(request.GET)
    entries = queries.page(criteria).entries
    counts = queries.counts(criteria)
    return _plain(request, entries=entries, counts=counts, month=queries.newest_list_months())


@login_not_required
def entry(request: HttpRequest, number: str) -> HttpResponse:
    entries = RegisterEntry.objects.without_search_columns()
    found = entries.filter(number_key=numbers.key(number)[:64]).first()
    assert found is not None
    assert found.filing_id is not None, "the measured entry is of this portal"
    versions = RegisterVersion.objects.filter(entry=found).select_related("source_list")
    told = [*orders.suspensions(found.filing_id), *inspections.published(found.filing_id)]
    return _plain(request, entry=found, entries=queries.same_entity(found), versions=versions, told=told)


@login_not_required
def verify(request: HttpRequest, number: str) -> HttpResponse:
    prefixes = numbers.known_prefixes()
    entries = RegisterEntry.objects.without_search_columns()
    return _plain(request, prefixes=prefixes, entries=list(entries.filter(number_key=numbers.key(number))))


def entity(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = Entity.objects.visible_to(user).get(pk=pk)
    today = timezone.localdate()
    filings = list(dashboard._filings(found, user, None)[: dashboard.PAGE + 1])
    procedures = [procedure for filing in filings for procedure in filing.procedures.all()]
    days = [procedure.due_on for procedure in procedures if procedure.due_on]
    span = (min(*days, today), max(*days, today))
    open_findings = Q(
        findings__sent_at__isnull=False, findings__settled_at__isnull=True, findings__answer="",
        findings__severity=Finding.Severity.MUST,
    )  # fmt: skip
    rectifying = Procedure.objects.filter(filing__entity=found, status=ProcedureStatus.RECTIFYING)
    locks = Sealing.objects.filter(
        procedure__filing__entity=found, voided_at__isnull=True, used_at__isnull=True,
        procedure__status__in=ProcedureStatus.editable,
    )  # fmt: skip
    return _plain(
        request,
        entity=found,
        roles=Membership.objects.filter(user=user).values_list("entity_id", "role"),
        filings=filings[: dashboard.PAGE],
        days=CalendarDay.objects.filter(day__range=span, is_workday=True).order_by("day").values_list("day", flat=True),
        products=Product.objects.filter(entity=found, is_withdrawn=False).order_by("pk"),
        rectifying=rectifying.annotate(open_findings=Count("findings", filter=open_findings))
        .select_related("filing")
        .order_by("rectify_by", "pk")[: dashboard.PAGE],
        locks=locks.select_related("procedure__filing")
        .prefetch_related("confirmations")
        .defer("document")
        .order_by("made_at", "pk")[: dashboard.PAGE],
        version=entities.latest_version(found),
        invitations=members.invitations_to(user, at=timezone.now()),
    )

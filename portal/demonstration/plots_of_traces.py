"""What services stand on: a base model that is taken off the market, and the inspection that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import inspections, tracing, workingdays
from filings.models import Filing, InspectionCause, InspectionMode, OfficerRole, Resource, ResourceKind
from reviews import marks, traces

if TYPE_CHECKING:
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot

REASON = "该模型的提供者已停止提供，不再维护其安全措施。"


def withdrawn(acts: Acts, name: str, province: str, ago: int) -> Plot:
    """The nation marks it; the province opens inspections on what is registered there and stands on it."""
    yield acts.days.ago(ago, 10, 30)
    subject = Resource.objects.get(kind=ResourceKind.MODEL, name=name)
    supervisor = acts.desk("").one(OfficerRole.SUPERVISOR)
    marks.mark(subject=subject, word="withdrawn", reason=REASON, legal_basis="GAI 7(1)", by=supervisor, at=acts.at)
    yield acts.days.ago(ago - 1, 9, 30)
    desk = acts.desk(province)
    standing = tracing.standing_on(traces.root_of(subject))
    known = Filing.objects.filter(pk__in=standing, standing="registered", region_code__startswith=province)
    grounds = inspections.Grounds(InspectionMode.CAUSE, REASON, InspectionCause.TRACE)
    inspections.open_inspections(
        known.select_related("entity").order_by("pk"), desk.authority, grounds=grounds,
        by=desk.one(OfficerRole.SUPERVISOR), at=acts.at, due_on=workingdays.add(acts.days.day(-ago), 15),
    )  # fmt: skip

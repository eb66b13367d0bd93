"""Inspections on the desk: opening, drawing by lot, and each act of one as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import attachments, inspected
from filings import inspections as told
from filings.access import posted_as
from filings.matter_lifecycle import MatterKind
from filings.matter_lifecycle import MatterStatus as S
from filings.models import AccessRecord, Filing, Inspection, InspectionCheck, InspectionDraw, Matter
from filings.uploads import RefusedUpload
from reviews import accesses, inspections, orders
from reviews import forms_inspection as forms
from reviews.admin import matter as matters
from reviews.admin.review import require
from reviews.admin.site import act, page
from reviews.forms import DeskForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from filings.dossier.words import Words
    from reviews.admin.access import OfficerRequest

NAME = "inspection"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an officer does in an inspection: its form, its rule, when, and who may."""

    title: Words
    said: Words
    form: type[DeskForm]
    rule: Callable[..., object]
    when: tuple[str, ...]
    leads: bool = True


def _order(*, matter: Matter, reasons: str, by: Any, at: Any, **terms: Any) -> None:
    """Draft an order to correct out of the inspection and put it before a signatory."""
    assert matter.authority is not None, "an inspection has an authority"
    terms["articles"] = tuple(terms["articles"])
    with transaction.atomic():
        order = orders.draft(
            terms=orders.Terms(kind="correct", **terms), filing=matter.filing, authority=matter.authority,
            parent=matter, by=by, at=at,
        )  # fmt: skip
        orders.propose(order=order, reasons=reasons, by=by, at=at)


def _close(*, matter: Matter, is_public: bool, **given: Any) -> None:
    inspections.close(matter=matter, **given)


OPEN = (S.DRAFT, S.ASKED, S.ANSWERED, S.CORRECTING, S.SHOWN)
ACTS: dict[str, Act] = {
    "ask": Act(
        gettext_lazy("Send the questions"), gettext_lazy("The provider was asked."), forms.DueForm, inspections.ask,
        (S.DRAFT,),
    ),
    "question": Act(
        gettext_lazy("Add a question"), gettext_lazy("The question was added."), forms.QuestionForm,
        inspections.add_question, (S.DRAFT, S.ASKED), leads=False,
    ),
    "ask-more": Act(
        gettext_lazy("Ask again"), gettext_lazy("The provider was asked."), forms.AskMoreForm, inspections.ask_more,
        (S.ANSWERED,),
    ),
    "date": Act(
        gettext_lazy("Set a later date"), gettext_lazy("The date was moved. The provider is told."), forms.DueForm,
        inspections.move_date, (S.ASKED, S.CORRECTING),
    ),
    "samples": Act(
        gettext_lazy("Add samples of output"), gettext_lazy("The samples were kept; their labels are being read."),
        forms.SamplesForm, inspections.add_samples, OPEN, leads=False,
    ),
    "join": Act(
        gettext_lazy("Let another authority join"), gettext_lazy("The authority joined."), forms.OtherAuthorityForm,
        inspections.join, OPEN,
    ),
    "hand-lead": Act(
        gettext_lazy("Hand the lead over"), gettext_lazy("Another authority leads now."), forms.OtherAuthorityForm,
        inspections.hand_lead, OPEN,
    ),
    "order": Act(
        gettext_lazy("Propose an order to correct"), gettext_lazy("The order is with the signatory."),
        forms.OrderForm, _order, (S.ASKED, S.ANSWERED),
    ),
    "correction": Act(
        gettext_lazy("Wait for the ordered correction"), gettext_lazy("The provider corrects by the order's day."),
        DeskForm, inspections.order_correction, (S.ASKED, S.ANSWERED),
    ),
    "not-corrected": Act(
        gettext_lazy("Not corrected yet"), gettext_lazy("The provider was told what is missing."),
        forms.NotCorrectedForm, inspections.not_corrected, (S.SHOWN,),
    ),
    "close": Act(
        gettext_lazy("Close with a result"), gettext_lazy("The inspection is closed."), forms.CloseForm, _close,
        (S.ANSWERED, S.CORRECTING, S.SHOWN),
    ),
    "drop": Act(
        gettext_lazy("Give the inspection up"), gettext_lazy("The inspection was given up."), forms.ReasonForm,
        inspections.drop, (S.DRAFT, S.ASKED),
    ),
}  # fmt: skip


def urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [
        path("inspections/open/", wrap(open_page), name=f"{name}_{NAME}-open"),
        path("inspections/draw/", wrap(draw_page), name=f"{name}_{NAME}-draw"),
        path("<int:pk>/inspection/dossier/", wrap(dossier), name=f"{name}_{NAME}-dossier"),
        path("<int:pk>/inspection/check/<int:row>/", wrap(check), name=f"{name}_{NAME}-check"),
        path("<int:pk>/inspection/<slug:action>/", wrap(do), name=f"{name}_{NAME}-act"),
    ]


def context(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    inspection = Inspection.objects.select_related("submission", "draw").get(matter=matter)
    rows = inspected.rows_of(told.outline_of(inspection.submission))
    posting = inspections.taking_part(request.user, matter)
    leads = posting is not None and posting.authority_id == matter.authority_id
    may = [(code, each) for code, each in ACTS.items() if matter.status in each.when and (leads or not each.leads)]
    return {
        "inspection": inspection,
        "asked": inspected.asked(matter, rows),
        "samples": inspected.samples(matter),
        "checks": inspected.checks(inspection, rows),
        "states": InspectionCheck.State.choices,
        "acts": may if posting is not None else [],
        "checks_off": posting is not None and matter.closed_at is None,
        "opens": _authorities(request),
    }


matters.PAGES[MatterKind.INSPECTION] = context
matters.URLS[MatterKind.INSPECTION] = urls


def _authorities(request: OfficerRequest) -> list[int]:
    return sorted({p.authority_id for p in posted_as(request.user, *told.OPENERS)})


@require_http_methods(["GET", "POST"])
def open_page(request: OfficerRequest) -> HttpResponse:
    held = _authorities(request)
    require(bool(held))
    form = forms.OpenForm(request.POST or None, authorities=held)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        grounds = told.Grounds(given["mode"], given["reason"], given["cause"])
        by_number = {each.number: each for each in Filing.objects.filter(number__in=given["numbers"])}
        found = [by_number[number] for number in given["numbers"] if number in by_number]
        try:
            lines = told.open_inspections(
                found, given["authority"], grounds=grounds, due_on=given["due_on"], by=request.user, at=timezone.now()
            )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return _results(request, lines, unknown=[n for n in given["numbers"] if n not in by_number])
    return _form(request, form, _("Open inspections"), _("Open the inspections"), reverse("admin:index"))


@require_http_methods(["GET", "POST"])
def draw_page(request: OfficerRequest) -> HttpResponse:
    held = _authorities(request)
    require(bool(held))
    form = forms.DrawForm(request.POST or None, authorities=held)
    if request.method == "POST" and form.is_valid():
        try:
            draw, lines = told.open_sample(by=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return _results(request, lines, draw=draw)
    return _form(request, form, _("Draw filings by lot"), _("Draw and open"), reverse("admin:index"))


def _results(
    request: OfficerRequest, lines: list[told.Opened], *, unknown: list[str] | None = None,
    draw: InspectionDraw | None = None,
) -> HttpResponse:  # fmt: skip
    return page(
        request, "reviews/inspections_opened.html", title=_("Inspections opened"), lines=lines, unknown=unknown or [],
        draw=draw,
    )  # fmt: skip


def _form(request: OfficerRequest, form: DeskForm, title: str, submit: str, back: str) -> HttpResponse:
    template = "reviews/inspection_form.html"
    return page(request, template, title=title, form=form, submit=submit, back=back)


@require_http_methods(["GET", "POST"])
def do(request: OfficerRequest, pk: int, action: str) -> HttpResponse:
    matter = matters.visible(request, pk, MatterKind.INSPECTION)
    if (doing := ACTS.get(action)) is None:
        raise Http404
    may = inspections.leads(request.user, matter) if doing.leads else inspections.taking_part(request.user, matter)
    require(bool(may))
    form = doing.form(request.POST or None, request.FILES or None)
    is_sent = request.method == "POST" and (form.is_valid() or not form.fields)
    if not is_sent:
        return _form(request, form, str(doing.title), str(doing.title), matters.back_to(matter))
    given = form.cleaned_data if form.fields else {}
    return act(
        request,
        lambda: _run(request, matter, doing, given),
        said=str(doing.said),
        back=matters.back_to(matter),
    )


def _run(request: OfficerRequest, matter: Matter, doing: Act, given: dict[str, Any]) -> None:
    """The rule, with files of the form kept first; a file that is refused refuses all."""
    now, more = timezone.now(), dict(given)
    assert matter.entity is not None, "an inspection concerns somebody"
    with transaction.atomic():
        try:
            if "files" in more:
                more["files"] = [
                    attachments.accept_upload(
                        entity=matter.entity, filing=matter.filing, upload=each, by=request.user, at=now
                    )
                    for each in more["files"]
                ]
        except RefusedUpload as refused:
            raise ValidationError(refused.message) from refused
        doing.rule(matter=matter, by=request.user, at=now, **more)


@require_POST
def check(request: OfficerRequest, pk: int, row: int) -> HttpResponse:
    matter = matters.visible(request, pk, MatterKind.INSPECTION)
    require(inspections.taking_part(request.user, matter) is not None)
    found = get_object_or_404(InspectionCheck.objects.select_related("inspection__matter"), pk=row)
    if found.inspection.matter_id != matter.pk:
        raise Http404
    form = forms.CheckForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"state": "", "remark": ""}
    return act(
        request,
        lambda: inspections.check(row=found, by=request.user, at=timezone.now(), **given),
        said=_("The measure was checked off."),
        back=matters.back_to(matter, f"check-{row}"),
    )


@require_GET
def dossier(request: OfficerRequest, pk: int) -> HttpResponse:
    """The submission that the inspection looks at, and no other of the filing."""
    matter = matters.visible(request, pk, MatterKind.INSPECTION)
    inspection = Inspection.objects.select_related("submission").get(matter=matter)
    accesses.record(
        AccessRecord.Action.OPEN, by=request.user, at=timezone.now(), filing=matter.filing,
        subject=inspection.submission.reference,
    )  # fmt: skip
    return page(
        request, "reviews/inspection_dossier.html", title=_("The inspected submission"), matter=matter,
        parts=[part for part in told.outline_of(inspection.submission) if part.applies],
    )  # fmt: skip

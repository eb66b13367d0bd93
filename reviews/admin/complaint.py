"""Complaints and objections on the desk: their parts of a matter's page, their actions, files and reveal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import contents, workingdays
from filings.matter_lifecycle import MatterKind, MatterStatus, final
from filings.models import Matter, PublicFile
from filings.uploads import images, kinds
from filings.views.files import content_missing
from reviews import complaints, forms_complaints, matterdecisions, objections, policy
from reviews.admin.matter import PAGES, SIGNING, URLS, Signing, back_to, context, visible
from reviews.admin.review import require
from reviews.admin.site import act, page
from reviews.consequences import Consequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpResponse

    from reviews.admin.access import OfficerRequest
    from reviews.models import Proposal

S = MatterStatus
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


def urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [
        path("<int:pk>/complaint/<slug:action>/", wrap(work_complaint), name=f"{name}_complaint"),
        path("<int:pk>/objection/<slug:action>/", wrap(work_objection), name=f"{name}_objection"),
        path("<int:pk>/person/", wrap(reveal), name=f"{name}_person"),
        path("<int:pk>/public-file/<uuid:file>/", wrap(public_file), name=f"{name}_public-file"),
    ]


def _told(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    """What the public wrote, with its files, for who may read it."""
    may_read, may_handle = complaints.may_read(request.user, matter), complaints.may_handle(request.user, matter)
    rows = matter.public_messages.prefetch_related("files").order_by("pk") if may_read else ()
    return {
        "may_read": may_read,
        "may_handle": may_handle,
        "told": [
            (row, [(file, kinds.BY_MEDIA_TYPE[file.media_type].title) for file in row.files.all()]) for row in rows
        ],
        "is_public": hasattr(matter, "receipt"),
    }


def _files(matter: Matter) -> list[PublicFile]:
    rows = PublicFile.objects.filter(message__matter=matter, media_type__in=images.FORMATS)
    return list(rows.select_related("message").order_by("message_id", "pk"))


def complaint_page(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    told = _told(request, matter)
    return {**told, "complaint": matter.complaint, "actions": _complaint_forms(matter) if told["may_handle"] else {}}


def _complaint_forms(matter: Matter, data: Any = None) -> dict[str, forms.Form]:
    """The forms of what can be done now, by action."""
    due = workingdays.add(workingdays.today(), complaints.ANSWER_DAYS)
    text = forms_complaints.TextForm
    found: dict[str, forms.Form] = {}
    if matter.status == S.RECEIVED:
        if matter.entity_id:
            offered = [(str(file.pk), _("Picture %(n)d") % {"n": n}) for n, file in enumerate(_files(matter), start=1)]
            found["forward"] = forms_complaints.ForwardForm(data, auto_id="forward-%s", pictures=offered, due_on=due)
        found["reject"] = forms_complaints.RejectForm(data, auto_id="reject-%s")
    if matter.status == S.ANSWERED:
        found["ask-more"] = forms_complaints.AskMoreForm(data, auto_id="ask-more-%s", initial={"due_on": due})
    if matter.status not in final(matter.kind):
        found["ask"] = text(data, auto_id="ask-%s")
        is_late = matter.due_on is not None and workingdays.today() > matter.due_on
        if matter.status != S.WITH_PROVIDER or is_late:
            found["close"] = text(data, auto_id="close-%s")
    return found


@require_POST
def work_complaint(request: OfficerRequest, pk: int, action: str) -> HttpResponse:
    matter = visible(request, pk, MatterKind.COMPLAINT)
    require(complaints.may_handle(request.user, matter))
    form = _complaint_forms(matter, request.POST).get(action)
    if form is None or not form.is_valid():
        return _again(request, matter, action, form)
    return act(
        request, lambda: _do(request, matter, action, form), said=_("Done. Who complained reads it with their code."),
        back=back_to(matter),
    )  # fmt: skip


def _do(request: OfficerRequest, matter: Matter, action: str, form: forms.Form) -> None:
    given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
    match action:
        case "forward":
            given["pictures"] = form.chosen(_files(matter))  # type: ignore[attr-defined]
            complaints.forward(matter=matter, **given)
        case "ask-more":
            complaints.ask_more(matter=matter, **given)
        case "ask":
            complaints.ask_person(matter=matter, **given)
        case "reject":
            complaints.reject(matter=matter, **{**given, "first": _first(request, given["first"])})
        case _:
            complaints.close(matter=matter, **given)


def _first(request: OfficerRequest, reference: str) -> Matter | None:
    """The complaint that a duplicate repeats, if the officer sees one of that reference."""
    if not reference.strip():
        return None
    found = policy.desk_matters(request.user).filter(kind=MatterKind.COMPLAINT, reference=reference.strip())
    first = found.first()
    if first is None:
        raise ValidationError(_("There is no complaint of this reference."))
    return first


def _again(request: OfficerRequest, matter: Matter, action: str, form: forms.Form | None) -> HttpResponse:
    """The page with what was typed; or that the action is not possible any more."""
    if form is None:
        return act(request, _impossible, said="", back=back_to(matter))
    made = context(request, matter)
    made["actions"] = {**made["actions"], action: form}
    return page(request, "reviews/matter.html", **made)


def _impossible() -> None:
    raise ValidationError(_("Meanwhile this was moved on by somebody else. Nothing was changed."))


def objection_page(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    took_part = request.user.pk in policy.took_part(matter)
    may_propose = matterdecisions.may_propose(request.user, matter)
    return {
        **_told(request, matter),
        "objection": matter.objection,
        "took_part": took_part,
        "actions": _objection_forms(request, matter) if may_propose and not took_part else {},
        "may_take_up": may_propose and not took_part and matter.status == S.RECEIVED,
        "may_note": may_propose and matter.status == S.UPHELD and matter.objection.followed_up_at is None,
    }


def _objection_forms(request: OfficerRequest, matter: Matter, data: Any = None) -> dict[str, forms.Form]:
    found: dict[str, forms.Form] = {}
    if matter.status == S.UNDER_REVIEW:
        found["propose"] = forms_complaints.ObjectionProposalForm(data, auto_id="propose-%s")
    if hasattr(matter, "receipt") and matter.status not in final(matter.kind):
        found["ask"] = forms_complaints.TextForm(data, auto_id="ask-%s")
    return found


@require_POST
def work_objection(request: OfficerRequest, pk: int, action: str) -> HttpResponse:
    matter = visible(request, pk, MatterKind.OBJECTION)
    require(matterdecisions.may_propose(request.user, matter))
    policy.require_no_part(request.user, matter)
    acting: dict[str, Any] = {"matter": matter, "by": request.user, "at": timezone.now()}
    plain = {"take-up": objections.take_up, "follow-up": objections.note_follow_up}
    if action in plain:
        return act(request, lambda: plain[action](**acting), said=_("Done."), back=back_to(matter))
    form = _objection_forms(request, matter, request.POST).get(action)
    if form is None or not form.is_valid():
        return _again(request, matter, action, form)
    rule = objections.propose if action == "propose" else complaints.ask_person
    return act(request, lambda: rule(**acting, **form.cleaned_data), said=_("Done."), back=back_to(matter))


@never_cache
@require_http_methods(["GET", "POST"])
def reveal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Who complained or objected; asked with a reason, and recorded."""
    matter = visible(request, pk)
    require(matter.kind in (MatterKind.COMPLAINT, MatterKind.OBJECTION))
    require(complaints.may_handle(request.user, matter))
    shown: dict[str, Any] = {"title": _("Who complained or objected"), "matter": matter}
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "")
            shown["person"] = complaints.reveal(matter=matter, reason=reason, by=request.user, at=timezone.now())
            shown["is_asked"] = True
        except ValidationError as error:
            shown["missing"] = error.messages
    return page(request, "reviews/person.html", **shown)


@require_GET
def public_file(request: OfficerRequest, pk: int, file: Any) -> HttpResponse | FileResponse:
    """A file from the public, under a name of ours; opening it is recorded."""
    matter = visible(request, pk)
    row = get_object_or_404(PublicFile.objects.select_related("message__matter"), pk=file, message__matter=matter)
    try:
        content = complaints.open_file(file=row, by=request.user, at=timezone.now())
    except contents.ContentMissing as missing:
        return content_missing(request, missing)
    ending = kinds.BY_MEDIA_TYPE[row.media_type].endings[0]
    answer = FileResponse(
        content,
        content_type=row.media_type,
        as_attachment=True,
        filename=f"{matter.reference}-{str(row.pk)[:8]}.{ending}",
    )
    answer["Content-Security-Policy"], answer["X-Content-Type-Options"] = SANDBOX, "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def consequences(proposal: Proposal) -> list[Consequence]:
    """What signing a decision on an objection does."""
    assert proposal.matter is not None, "called for proposals on matters"
    lines = [Consequence(_("Who objected"), _("Reads the decision and its reasons."))]
    if follow_up := proposal.matter.objection.follow_up:
        lines.append(Consequence(_("What follows"), _("Not done by this signature: %(what)s") % {"what": follow_up}))
    return lines


PAGES[MatterKind.COMPLAINT] = complaint_page
PAGES[MatterKind.OBJECTION] = objection_page
URLS[MatterKind.COMPLAINT] = urls
SIGNING[MatterKind.OBJECTION] = Signing(objections.sign, objections.send_back, consequences)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from filings import complaints, matterwords, objections, policy
from filings.complaint_forms import ComplaintAnswerForm, ObjectionForm
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.transitions import TransitionNotAllowed
from filings.views import matter_pages
from filings.views.endings import try_with_files
from filings.views.entity import find_entity
from filings.views.matters import find_matter, matter_page

if TYPE_CHECKING:
    from filings.models import Attachment, Matter
    from filings.views.requests import PersonRequest

matterwords.STARTS[MatterKind.OBJECTION] = (
    gettext_lazy("Object to a decision, order or entry"),
    "filings:objection-start",
)
matterwords.NEXT[MatterKind.COMPLAINT, MatterStatus.WITH_PROVIDER] = gettext_lazy(
    "Answer what the authority put to you, with evidence."
)
matterwords.POSTS.update(
    forwarded=gettext_lazy("What the authority puts to you"),
    outcome=gettext_lazy("Outcome"),
    objection=gettext_lazy("Objection"),
    decision=gettext_lazy("Decision"),
)


def of_complaint(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """The form to answer while that is the provider's turn."""
    assert matter.entity is not None, "a provider's page"
    waits = matter.status == MatterStatus.WITH_PROVIDER and policy.may_write_filings(request.user, matter.entity)
    return {"form": ComplaintAnswerForm() if waits else None}


def of_objection(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """What is objected to, and whether it can be taken back."""
    assert matter.entity is not None, "a provider's page"
    is_open = matter.status in (MatterStatus.RECEIVED, MatterStatus.UNDER_REVIEW)
    may_withdraw = matter.opened_by_side == Actor.PROVIDER and policy.may_edit_entity(request.user, matter.entity)
    return {"objection": matter.objection, "may_withdraw": is_open and may_withdraw}


matter_pages.CONTEXT[MatterKind.COMPLAINT] = of_complaint
matter_pages.CONTEXT[MatterKind.OBJECTION] = of_objection


@require_POST
def complaint_answer(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, MatterKind.COMPLAINT)
    assert matter.entity is not None, "a provider's page"
    policy.require(policy.may_write_filings(request.user, matter.entity))
    form = ComplaintAnswerForm(request.POST, request.FILES)
    if form.is_valid() and try_with_files(
        request, form, matter.entity, matter.filing,
        lambda files: complaints.answer(
            matter=matter, text=form.cleaned_data["text"], attachments=files, by=request.user, at=now()
        ),
    ):  # fmt: skip
        messages.success(request, _("Your answer was sent to the authority."))
        return redirect("filings:matter-detail", pk)
    return matter_page(request, matter, status=422, form=form)


@require_http_methods(["GET", "POST"])
def objection_start(request: PersonRequest, pk: int) -> HttpResponse:
    entity = find_entity(request, pk)
    policy.require(policy.may_edit_entity(request.user, entity))
    known = objections.contestable(entity)
    titles = {key: str(title) for key, (title, _thing) in known.items()}
    is_posted = request.method == "POST"
    bound = (request.POST, request.FILES) if is_posted else ()
    form = ObjectionForm(*bound, choices=titles.items(), initial={"about": request.GET.get("about")})
    made: list[Matter] = []

    def act(files: list[Attachment]) -> None:
        contested, text = known[form.cleaned_data["about"]][1], form.cleaned_data["text"]
        made.append(objections.raise_own(contested=contested, text=text, attachments=files, by=request.user, at=now()))

    if is_posted and form.is_valid() and try_with_files(request, form, entity, None, act):
        messages.success(request, _("Your objection was sent. People who took no part before decide it."))
        return redirect("filings:matter-detail", made[0].pk)
    context = {"entity": entity, "form": form, "has_any": bool(known)}
    return render(request, "filings/objection_start.html", context, status=422 if form.errors else 200)


@require_POST
def objection_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, MatterKind.OBJECTION)
    try:
        objections.withdraw(matter=matter, by=request.user, at=now())
    except TransitionNotAllowed:
        messages.error(request, _("Meanwhile this was moved on. Nothing was changed: open the page again."))
    else:
        messages.success(request, _("Your objection is withdrawn."))
    return redirect("filings:matter-detail", pk)

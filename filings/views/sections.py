from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filings import answers, attachments, drafts, labels, wording
from filings.dossier import difference, document, paths
from filings.layouts import Heading, LayoutMaker, anchor
from filings.lifecycle import ProcedureStatus
from filings.models import Finding, Region, Submission
from filings.policy import require
from filings.submissions import document_of
from filings.transitions import TransitionNotAllowed
from filings.views import conflicts, lookups, places

if TYPE_CHECKING:
    from django.http import QueryDict

    from filings.dossier.bound import BoundSection
    from filings.dossier.forms import SectionForm
    from filings.views.places import Place
    from filings.views.requests import PersonRequest

MOST_REGIONS = 12


@require_http_methods(["GET", "POST"])
def dossier_section(request: PersonRequest, pk: int, slug: str) -> HttpResponse:
    posted = (text for _name, values in request.POST.lists() for text in values)
    return _section(request, places.of_dossier(request.user, pk, at=now(), posted=posted), slug)


@require_http_methods(["GET", "POST"])
def profile_section(request: PersonRequest, pk: int, slug: str) -> HttpResponse:
    return _section(request, places.of_profile(request.user, pk, at=now()), slug)


@require_GET
def region_search(request: PersonRequest) -> JsonResponse:
    found = _regions(request.GET.get("q", ""))
    return JsonResponse({"regions": [{"code": each.code, "name": each.full_name} for each in found]})


def _section(request: PersonRequest, place: Place, slug: str) -> HttpResponse:
    if place.section(slug).page:
        require(request.method == "GET" or place.may_write)
        return redirect(place.url(slug))
    if request.method == "GET":
        return _show(request, place, slug)
    require(place.may_write)
    if not place.is_open or not place.section(slug).applies(place.facts):
        return _refuse(request, place, slug)
    try:
        if request.headers.get("X-Autosave"):
            return _autosave(request, place, slug)
        if "kept" in request.POST:
            return _resolve(request, place, slug)
        return _save(request, place, slug)
    except (drafts.NotEditable, TransitionNotAllowed):
        place.is_open = False
        return _refuse(request, place, slug)


def _show(request: PersonRequest, place: Place, slug: str) -> HttpResponse:
    section = place.section(slug)
    if not section.applies(place.facts):
        return _page(request, place, slug, {"reason": section.applies(place.facts).reason})
    if not place.is_editable:
        return _page(request, place, slug, {"printed": _printed(section, place)})
    bound = place.bind(slug)
    if place.version(slug):
        bound = place.bind(slug, bound.as_data())
    return _form_page(request, place, bound)


def _save(request: PersonRequest, place: Place, slug: str) -> HttpResponse:
    at, by, data = now(), request.user, request.POST.copy()
    lookups.take(data)
    refused = attachments.take_posted(
        section=place.section(slug),
        data=data,
        files=request.FILES,
        entity=place.entity,
        filing=place.filing,
        by=by,
        at=at,
    )
    bound = place.bind(slug, data)
    new_key = str(data.get("new-key", ""))
    if paths.KEY.fullmatch(new_key):
        bound.new_key = new_key
    value, base = bound.value(place.sealer(by=by, at=at)), _version(data)
    try:
        saved = place.save(slug, value, base=base, by=by, at=at)
    except drafts.SectionConflict as conflict:
        return _conflict_page(request, place, slug, conflict, base)
    answer_findings(place, slug, data, by=by, at=at)
    for refusal in refused:
        messages.error(request, str(refusal))
    return _after_save(request, place, bound, saved, failed=bool(refused))


def _after_save(
    request: PersonRequest, place: Place, bound: BoundSection, saved: drafts.Saved, *, failed: bool
) -> HttpResponse:
    slug, data = bound.section.code, request.POST
    if saved.merged:
        messages.info(request, _("Others saved this section meanwhile. Their changes and yours are joined."))
    if find := _region_wanted(bound, data) or lookups.wanted(bound, data):
        return _form_page(request, place, bound, find=find)
    if bound.action:
        key = bound.new_key if bound.action.verb in ("add", "copy") else bound.action.key
        items = f"{slug}.{bound.action.items}"
        spot = items if bound.action.verb == "remove" else f"{items}[{key}]"
        return redirect(f"{place.url(slug)}?item={key}#{anchor(spot)}")
    if data.get("go") == "list":
        return redirect(place.list_url)
    if bound.errors and not saved.merged:
        return _form_page(request, place, bound, status=422)
    if failed or saved.merged or data.get("go") == "stay":
        return redirect(place.url(slug))
    return redirect(place.next_url(slug))


def _autosave(request: PersonRequest, place: Place, slug: str) -> JsonResponse:
    """Saves in the background; personal values wait for the button, being sealed when whole."""
    at, data = now(), request.POST.copy()
    for name, field in place.section(slug).base_fields.items():
        if field.spec.sealed:  # type: ignore[attr-defined]
            data.pop(f"{slug}-{name}", None)
    bound = place.bind(slug, data)
    try:
        saved = place.save(slug, bound.value(), base=_version(data), by=request.user, at=at)
    except drafts.SectionConflict as conflict:
        sentence = _("%(name)s changed the same answers. Press “Save” to compare both.") % {"name": conflict.by}
        return JsonResponse({"conflict": sentence}, status=409)
    answer_findings(place, slug, data, by=request.user, at=at)
    return JsonResponse(
        {
            "version": saved.version,
            "merged": saved.merged,
            "saved_at": localtime(at).strftime("%H:%M"),
            "errors": {problem.path: str(problem.message) for problem in bound.errors},
        }
    )


def _resolve(request: PersonRequest, place: Place, slug: str) -> HttpResponse:
    try:
        value, seen = conflicts.resolve(place, slug, request.POST)
        place.save(slug, value, base=seen, by=request.user, at=now())
    except conflicts.StaleConflict:
        return _conflict_again(request, place, slug)
    except drafts.SectionConflict as conflict:
        return _conflict_page(request, place, slug, conflict, seen)
    messages.success(request, _("Both versions are joined and saved. Please read the section once more."))
    return redirect(place.url(slug))


def _conflict_again(request: PersonRequest, place: Place, slug: str) -> HttpResponse:
    """Somebody saved while the choice was made: compare anew, with what was typed first."""
    mine, base = conflicts.unpack(place, slug, request.POST)
    if mine is None:
        messages.error(request, _("This comparison has expired. The section below stands as it was saved last."))
        return redirect(place.url(slug))
    try:
        place.save(slug, mine, base=base, by=request.user, at=now())
    except drafts.SectionConflict as conflict:
        return _conflict_page(request, place, slug, conflict, base)
    return redirect(place.url(slug))


def _conflict_page(
    request: PersonRequest, place: Place, slug: str, conflict: drafts.SectionConflict, base: int
) -> HttpResponse:
    place.content = {**place.content, slug: conflict.theirs}
    context = {
        "place": place,
        "section": Heading.of(place.section(slug)),
        "url": place.url(slug),
        "who": conflict.by,
        "choices": conflicts.choices(place, slug, conflict.conflicts),
        "kept": conflicts.keep(place, slug, conflict.mine, base, conflict.version),
    }
    return render(request, "filings/conflict.html", context, status=409)


def _refuse(request: PersonRequest, place: Place, slug: str) -> HttpResponse:
    """The dossier is no longer the provider's: what was typed is shown, so that it can be copied."""
    section, typed = place.section(slug), place.bind(slug, request.POST)
    value = typed.value(lambda _path, _text: {})
    changed = difference.changes(place.kind, {slug: place.content.get(slug, {})}, {slug: value})
    unsaved = [(each.label, place.in_words(each.path, each.new)) for each in changed if each.new]
    if request.headers.get("X-Autosave"):
        return JsonResponse({"refused": _why_closed(place)}, status=409)
    context = {"unsaved": unsaved, "printed": _printed(section, place)}
    return _page(request, place, slug, context, status=409)


def _form_page(
    request: PersonRequest, place: Place, bound: BoundSection, *, find: str = "", status: int = 200
) -> HttpResponse:
    slug = bound.section.code
    findings = findings_at(place, slug)
    maker = LayoutMaker(
        bound,
        findings=findings,
        masked=place.masked(slug),
        check="check" in request.GET,
        open_item=request.GET.get("item", ""),
    )
    layout = maker.layout()
    _fill_regions(layout, find, request.POST)
    lookups.fill(layout, find, request.POST)
    _fill_labels(place, layout)
    context = {
        "layout": layout,
        "bound": bound,
        "base_version": place.version(slug),
        "has_lookup": any(question.spec.lookup for question in layout.all_questions),
        "must_reread": slug in place.to_reread,
        "is_multipart": any(question.spec.attachment for question in layout.all_questions)
        or any(form.is_multipart() for form in (items.empty_form for items in bound.formsets.values())),
        "troubles": layout.troubles,
    }
    return _page(request, place, slug, context, status=status)


def _fill_labels(place: Place, layout: Any) -> None:
    """Beside each sample what its implicit label says; one query where a page has samples."""
    asked = [each for each in layout.all_questions if each.spec.attachment and labels.is_sample(each.path)]
    found = labels.verdicts(file["sha256"] for question in asked for file in question.files if "sha256" in file)
    code = labels.credit_code_of(place.entity_content or {})
    for question in asked:
        question.labels = {sha256: labels.told(verdict, code) for sha256, verdict in found.items()}


def _page(
    request: PersonRequest, place: Place, slug: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shared = {
        "place": place,
        "section": Heading.of(place.section(slug)),
        "url": place.url(slug),
        "groups": _groups(place, slug),
        "others": [each for each in place.others if each["section"] == slug] or place.others[:1],
        "why_closed": "" if place.is_editable else _why_closed(place),
    }
    template = "filings/dossier_section.html" if place.dossier else "filings/profile_section.html"
    return render(request, template, shared | context, status=status)


def _why_closed(place: Place) -> str:
    if not place.is_open and place.procedure is not None:
        return _("%(state)s: the dossier can no longer be changed here.") % {
            "state": place.procedure.get_status_display()
        }
    return _("You may read this. Owners and editors of %(entity)s may change it.") % {"entity": place.entity.name}


def _groups(place: Place, slug: str) -> list[dict[str, Any]]:
    """The sections beside the page. Cheap: what is begun is told, not what is complete."""
    found = []
    for code, title in place.kind.groups:
        links = [
            {
                "url": place.url(section.code),
                "text": section.title,
                "current": section.code == slug,
                "note": _note(place, section.code),
            }
            for section in place.kind.sections
            if section.group == code and section.applies(place.facts)
        ]
        if links:
            found.append({"title": title, "links": links})
    return found


def _note(place: Place, code: str) -> str:
    if code in place.to_reread:
        return _("read again")
    return _("filled in") if place.content.get(code) else _("empty")


def findings_at(place: Place, slug: str) -> list[Any]:
    """The standing findings of a section in rectification, each with the value it was raised on.

    Those at a section of the profile may come from several filings, where they are answered.
    """
    if place.procedure is None:
        findings = _findings_of_profile(place, slug)
    elif place.is_rectifying:
        findings = list(Finding.objects.standing().filter(procedure=place.procedure, section=slug).order_by("id"))
    else:
        return []
    if not findings:
        return []
    rows = Submission.objects.filter(pk__in={finding.submission_id for finding in findings})
    submitted = {row.pk: document_of(row) for row in rows}
    for finding in findings:
        document = submitted[finding.submission_id]
        before = answers.value_at(answers.contents_of(finding, document), finding.path)
        finding.old_words = place.in_words(finding.path, before) if "." in finding.path else ""
        finding.is_changed = before != answers.value_at(place.content, finding.path)
    return findings


def _findings_of_profile(place: Place, slug: str) -> list[Any]:
    rectifying = {"procedure__filing__entity": place.entity, "procedure__status": ProcedureStatus.RECTIFYING}
    rows = Finding.objects.standing().filter(section=slug, **rectifying).select_related("procedure__filing")
    found = [row for row in rows.order_by("id") if answers.is_of_profile(row.procedure.filing.kind, row.path)]
    for row in found:
        row.answer_url = f"{reverse('filings:finding-list', args=[row.procedure_id])}#finding-{row.pk}"  # type: ignore[attr-defined]
    return found


def answer_findings(place: Place, slug: str, data: QueryDict, *, by: Any, at: Any) -> None:
    posted = {name.removeprefix("finding-"): str(data[name]).strip() for name in data if name.startswith("finding-")}
    if not posted or not place.is_rectifying:
        return
    for finding in Finding.objects.standing().filter(procedure=place.procedure, section=slug):
        text = posted.get(str(finding.pk), "")
        if text and text != finding.answer:
            answers.answer_finding(finding=finding, text=text, by=by, at=at)


def _version(data: QueryDict) -> int:
    text = data.get("base_version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _regions(text: str) -> list[Any]:
    """Places whose full name holds every word of the text."""
    words = text.replace("\x00", " ").split()[:5]
    if not words:
        return []
    found = places.choosable_regions()
    for word in words:
        found = found.filter(full_name__contains=word)
    return list(found.order_by("code")[:MOST_REGIONS])


def _region_wanted(bound: BoundSection, data: QueryDict) -> str:
    """The field of the region button pressed, or of a region searched for and not yet chosen."""
    for name, field in bound.form.fields.items():
        html_name = bound.form.add_prefix(name)
        if field.spec.kind != "region":  # type: ignore[attr-defined]
            continue
        if data.get("find") == html_name or (data.get(f"{html_name}-find", "").strip() and not data.get(html_name)):
            return html_name
    return ""


def _printed(section: type[SectionForm], place: Place) -> document.Printed:
    return document.printed(section, place.facts, regions=wording.regions(place.content))


def _fill_regions(layout: Any, find: str, data: QueryDict) -> None:
    """Say which place is chosen and, after a search, which match."""
    for question in layout.all_questions:
        if question.spec.kind != "region":
            continue
        code = question.bound.value()
        if code:
            question.region = Region.objects.filter(code=code).first()
        if find == question.bound.html_name:
            question.asked_for = data.get(f"{find}-find", "").strip()
            question.matches = _regions(question.asked_for)

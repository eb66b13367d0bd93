from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import bundles, dashboard, drafts, entities, mandates, policy, wording
from filings.dossier import completeness
from filings.dossier.problems import Problem
from filings.entity_forms import EntityForm, StartForm, TogetherForm
from filings.models import Entity, FilingKind, MemberRole, Membership
from filings.views.paging import pager
from filings.views.requests import PersonRequest, number

MOST_TOGETHER = 12


def find_entity(request: PersonRequest, pk: int) -> Entity:
    """An entity that the person works for; officers see entities on their desk, not here."""
    entity = get_object_or_404(Entity.objects.visible_to(request.user), pk=pk)
    policy.require(bool(policy.member_role(request.user, entity)))
    return entity


def own_entities(request: PersonRequest, *roles: str) -> list[Entity]:
    """The entities that the person works for, by name; with roles, only those held so."""
    held = Membership.objects.current(localdate()).filter(user=request.user)
    if roles:
        held = held.filter(role__in=roles)
    rows = Entity.objects.filter(pk__in=held.values("entity"))
    return list(rows.order_by("name_pinyin", "pk"))


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    found = own_entities(request)
    waiting = dashboard.invitations(request.user, at=now())
    if len(found) == 1 and not waiting:
        return redirect("filings:entity-detail", found[0].pk)
    if not found and not waiting and mandates.organisation_of(request.user):
        return redirect("filings:assessment-list")
    own = dashboard.waiting_by_entity(found, user=request.user, at=now())
    return render(request, "filings/home.html", {"entities": found, "own": own, "waiting": waiting})


@require_http_methods(["GET", "POST"])
def entity_create(request: PersonRequest) -> HttpResponse:
    form = EntityForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "is_for_filing": bool(_wanted_filing(request))}
        return render(request, "filings/entity_create.html", context, status=422 if form.is_bound else 200)
    entity = entities.create_entity(name=form.cleaned_data["name"], by=request.user, at=now())
    return redirect(_wanted_filing(request) or reverse("filings:profile-list", args=[entity.pk]))


def _wanted_filing(request: PersonRequest) -> str:
    """The start of a filing from which somebody without an entity came here; "" for any other address."""
    address = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    starts = (reverse("filings:filing-start"), reverse("filings:bundle-start"))
    return address if is_ours and urlsplit(address).path in starts else ""


@require_GET
def entity_detail(request: PersonRequest, pk: int) -> HttpResponse:
    entity = find_entity(request, pk)
    may_edit = policy.may_edit_entity(request.user, entity)
    before = request.GET.get("before", "")
    may_write = policy.may_write_filings(request.user, entity)
    page = dashboard.page(entity, user=request.user, may_edit=may_write, today=localdate(), before=number(before))
    role = MemberRole(policy.member_role(request.user, entity))
    context = {
        "entity": entity,
        "role": role.label,
        "is_agent": role == MemberRole.AGENT,
        "may_edit": may_edit,
        "is_first_page": not before,
        "waiting": [] if before else dashboard.waiting(entity, user=request.user, at=now()),
        "page": page,
        "pager": pager(request, page.next_before),
    }
    return render(request, "filings/entity_detail.html", context)


@require_GET
def profile_list(request: PersonRequest, pk: int) -> HttpResponse:
    return _profile(request, find_entity(request, pk))


@require_POST
def profile_freeze(request: PersonRequest, pk: int) -> HttpResponse:
    entity = find_entity(request, pk)
    policy.require(policy.may_edit_entity(request.user, entity))
    try:
        version = entities.freeze_version(entity=entity, by=request.user, at=now())
    except entities.IncompleteProfile as incomplete:
        return _profile(request, entity, problems=incomplete.problems, status=422)
    if version.status == version.Status.PENDING:
        said = _("Version %(version)s was submitted. An intake officer of your region verifies it; you will be told.")
    else:
        said = _("Version %(version)s is kept and verified, since no fact that needs verification changed.")
    messages.success(request, said % {"version": version.number})
    return redirect("filings:profile-list", entity.pk)


def _profile(
    request: PersonRequest, entity: Entity, *, problems: Sequence[Problem] = (), status: int = 200
) -> HttpResponse:
    versions = list(
        entity.versions.select_related("submitted_by", "checked_by").defer("document").order_by("-number")[:20]
    )
    newest = versions[0] if versions else None
    progress = completeness.progress(entities.KIND, entity.profile)
    asked = [each for each in progress.values() if each.state != "not_applicable"]
    context = {
        "entity": entity,
        "groups": _groups(progress),
        "done": sum(each.state == "done" for each in asked),
        "asked": len(asked),
        "left": sum(each.left for each in asked),
        "problems": _by_section(problems),
        "problem_count": len(problems),
        "versions": [(each, wording.for_version(each)) for each in versions],
        "newest": newest,
        "state": wording.for_version(newest),
        "has_changes": entities.has_unfrozen_changes(entity, newest),
        "needs_verification": _needs_verification(entity, versions),
        "may_edit": policy.may_edit_entity(request.user, entity),
    }
    return render(request, "filings/profile_list.html", context, status=status)


def _by_section(problems: Sequence[Problem]) -> list[tuple[Any, list[Problem]]]:
    """The problems under the titles of their sections, in the order of the pages."""
    titles = {each.code: each.title for each in entities.KIND.sections}
    return [(titles.get(code, code), list(found)) for code, found in groupby(problems, key=lambda each: each.section)]


def _needs_verification(entity: Entity, versions: list[Any]) -> bool:
    """Whether the next version would wait for an officer."""
    verified = next((each for each in versions if each.status == each.Status.VERIFIED), None)
    return verified is None or verified.identity_digest != entities.identity_digest(entity.profile)


def _groups(progress: dict[str, completeness.Progress]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "sections": [
                {"code": each.code, "title": each.title, "progress": progress[each.code]}
                for each in entities.KIND.sections
                if each.group == code
            ],
        }
        for code, title in entities.KIND.groups
    ]


@require_http_methods(["GET", "POST"])
def filing_start(request: PersonRequest) -> HttpResponse:
    writers = own_entities(request, MemberRole.OWNER, MemberRole.EDITOR)
    if not writers:
        return _entity_first(request)
    form = _start_form(request, writers)
    if not form.is_valid():
        context = {"form": form, "entities": writers}
        return render(request, "filings/filing_start.html", context, status=422 if form.is_bound else 200)
    answers = form.cleaned_data
    procedure = drafts.start_filing(
        entity=answers["entity"],
        kind=answers["kind"],
        algorithm_class=answers["algorithm_class"],
        role=answers["role"],
        copy_from=answers["copy"],
        token=answers["token"],
        by=request.user,
        at=now(),
    )
    return redirect("filings:dossier-list", procedure.pk)


def _entity_first(request: PersonRequest) -> HttpResponse:
    create_url = f"{reverse('filings:entity-create')}?{urlencode({'next': request.get_full_path()})}"
    context = {"has_entity": bool(own_entities(request)), "create_url": create_url}
    return render(request, "filings/entity_first.html", context)


@require_http_methods(["GET", "POST"])
def bundle_start(request: PersonRequest) -> HttpResponse:
    writers = own_entities(request, MemberRole.OWNER, MemberRole.EDITOR)
    if not writers:
        return _entity_first(request)
    asked = dict.fromkeys([*request.GET.getlist("together"), *request.POST.getlist("offered")])
    wanted = {text: found for text in list(asked)[:MOST_TOGETHER] if (found := bundles.Wanted.read(text))}
    offered = [(text, each.label) for text, each in wanted.items()]
    form = TogetherForm(request.POST if request.method == "POST" else None, entities=writers, wanted=offered)
    if not form.is_valid():
        context = {"form": form, "entities": writers, "offered": list(wanted)}
        return render(request, "filings/bundle_start.html", context, status=422 if form.is_bound else 200)
    answers = form.cleaned_data
    begun = bundles.start_together(
        entity=answers["entity"],
        wanted=[wanted[text] for text in answers["together"]],
        token=answers["token"],
        by=request.user,
        at=now(),
    )
    return redirect("filings:dossier-list", begun[0].pk)


def _start_form(request: PersonRequest, writers: list[Entity]) -> StartForm:
    """Empty but for what the guide or the page before knows, or as posted."""
    if request.method == "POST":
        return StartForm(request.POST, user=request.user, entities=writers)
    known = ("entity", "algorithm_class", "role", "copy")
    initial = {name: request.GET[name] for name in known if name in request.GET}
    if request.GET.get("kind") in FilingKind.services:
        initial["algorithm_class"] = request.GET["kind"]
    return StartForm(user=request.user, entities=writers, initial=initial)

"""The public front: home, guide, law, about; and two pages of the demonstration."""

from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filings import wording
from filings.dossier import specimen
from filings.dossier.document import outline
from filings.models import Article, Instrument
from portal import checklist, grounds, guide, outbox, style
from portal.accounts.adapter import home_of
from portal.anchors import anchor, slug
from portal.guide_services import SUPPORT, TRACKS
from portal.guide_words import CLASSES, ROLES, TIMES
from portal.models import User


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    return render(request, "portal/home.html", {"home_url": home_of(user) if isinstance(user, User) else ""})


@login_not_required
@require_safe
def guide_overview(request: HttpRequest) -> HttpResponse:
    context = {
        "classes": CLASSES,
        "tracks": TRACKS.values(),
        "roles": ROLES,
        "times": TIMES,
        "support": SUPPORT,
        "specimens": _specimens(),
    }
    return render(request, "portal/guide.html", context)


@login_not_required
@require_safe
def guide_check(request: HttpRequest) -> HttpResponse:
    path = guide.walk(dict(request.GET.lists()))
    context = {"path": path, "changes": _changes(path)}
    if path.question is not None:
        asked = path.question.code in request.GET or "asked" in request.GET
        return render(request, "portal/guide_question.html", {**context, "unanswered": asked})
    verdict = guide.verdict(path)
    filings = [
        {
            "needed": needed,
            "start": start_url(request, needed.query),
            "checklist": f"{reverse('portal:guide-checklist')}?{urlencode(needed.query)}",
        }
        for needed in verdict.filings
    ]
    together = [("together", needed.together) for needed in verdict.filings] if len(filings) > 1 else []
    context |= {
        "verdict": verdict,
        "filings": filings,
        "together": start_url(request, together, start="filings:bundle-start") if together else "",
    }
    return render(request, "portal/guide_result.html", context)


def _changes(path: guide.Walk) -> list[dict[str, object]]:
    """For each answer given, the address that asks its question again and keeps those before it."""
    kept: list[tuple[str, str]] = []
    listed: list[dict[str, object]] = []
    for question, chosen in path.answered:
        listed.append({"question": question, "chosen": chosen, "url": f"?{urlencode(kept)}"})
        kept += [(question.code, option.code) for option in chosen]
    return listed


def start_url(
    request: HttpRequest,
    query: dict[str, str] | list[tuple[str, str]] | None = None,
    *,
    start: str = "filings:procedure-start",
) -> str:
    """Where a draft begins; a stranger is led through sign-up and back."""
    start = reverse(start)
    if query:
        start = f"{start}?{urlencode(query)}"
    if request.user.is_authenticated:
        return start
    return f"{reverse('account_signup')}?{urlencode({'next': start})}"


@login_not_required
@require_safe
def guide_checklist(request: HttpRequest) -> HttpResponse:
    kind, chosen = request.GET.get("kind", "deep_synthesis"), request.GET.get("algorithm_class", "01")
    if kind in TRACKS:
        context = {"parts": checklist.parts(kind=kind), "algorithm": TRACKS[kind], "roles": []}
        return render(request, "portal/guide_checklist.html", context)
    role = request.GET.get("role", "provider" if chosen == "01" else "")
    algorithm = next((each for each in CLASSES if each.code == chosen and each.kind == kind), None)
    if algorithm is None:
        raise Http404(_("There is no such kind of filing."))
    parts = checklist.parts(kind=kind, algorithm_class=chosen, role=role)
    roles = [each for each in ROLES if each.code == role] if chosen == "01" else []
    context = {"parts": parts, "algorithm": algorithm, "roles": roles, "classes": CLASSES}
    return render(request, "portal/guide_checklist.html", context)


@login_not_required
@require_safe
def guide_specimen(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("of", "01:provider")
    shown = next((each for each in _specimens() if each["code"] == wanted), None)
    if shown is None:
        raise Http404(_("There is no such kind of filing."))
    entity = specimen.entity()
    regions = wording.regions(entity)
    code, _colon, role = wanted.partition(":")
    content = specimen.service(code) if code in TRACKS else specimen.dossier(code, role)
    context = {
        "profile": outline("entity", entity, regions=regions),
        "sections": outline(shown["kind"], content, entity, regions=regions),
        "shown": shown,
        "specimens": _specimens(),
    }
    return render(request, "portal/guide_specimen.html", context)


def _specimens() -> list[dict[str, str]]:
    """One complete dossier for each class, role and track: how it is asked for, and what it is called."""
    names = {each.code: str(each.name) for each in (*CLASSES, *TRACKS.values())}
    roles = {each.code: str(each.text) for each in ROLES}
    listed = [
        {
            "code": f"{code}:{role}" if role else code,
            "kind": kind,
            "name": " · ".join(filter(None, (names[code], roles.get(role, "")))),
        }
        for kind, code, role in specimen.VARIANTS
    ]
    return listed + [{"code": kind, "kind": kind, "name": names[kind]} for kind in specimen.SERVICES]


@login_not_required
@require_safe
def law_list(request: HttpRequest) -> HttpResponse:
    instruments = [(each, slug(each.key)) for each in Instrument.objects.order_by("position", "key")]
    return render(request, "portal/law_list.html", {"instruments": instruments})


@login_not_required
@require_safe
def law_detail(request: HttpRequest, key: str) -> HttpResponse:
    keys = {slug(each): each for each in Instrument.objects.values_list("key", flat=True)}
    instrument = get_object_or_404(Instrument, key=keys.get(key, ""))
    uses = grounds.uses_by_code()
    articles = [
        {"row": row, "anchor": anchor(row.number), "uses": uses.get(row.code, [])}
        for row in Article.objects.in_force(timezone.localdate())
        .filter(instrument=instrument)
        .order_by("position", "id")
    ]
    return render(request, "portal/law_detail.html", {"instrument": instrument, "articles": articles})


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@login_not_required
@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMONSTRATION):
        raise Http404
    return render(request, "portal/style.html", style.examples(bound="errors" in request.GET))


@login_not_required
@require_safe
def outbox_list(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("to", "")
    return render(request, "portal/outbox_list.html", {"letters": outbox.newest(_outbox(), to=wanted), "to": wanted})


@login_not_required
@require_safe
def outbox_detail(request: HttpRequest, name: str, number: int) -> HttpResponse:
    try:
        letter = outbox.find(_outbox(), name, number)
    except LookupError as missing:
        raise Http404(_("This mail is not in the outbox.")) from missing
    return render(request, "portal/outbox_detail.html", {"letter": letter})


def _outbox() -> Path:
    folder: Path | None = settings.OUTBOX_DIR
    if not settings.DEMONSTRATION or folder is None:
        raise Http404
    return folder

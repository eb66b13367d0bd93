from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from filings import complaints, numbers, objections, receipts
from filings.models import Matter, RegisterEntry
from filings.models.register import LONGEST_NUMBER
from filings.transitions import TransitionNotAllowed
from filings.uploads import RefusedUpload
from portal.complaints import figures, humanity, words
from portal.complaints.forms import AddForm, CodeForm, ComplaintForm, StatementForm

if TYPE_CHECKING:
    from collections.abc import Callable

# All files of a form and some room for its text.
LARGEST_BODY = receipts.MOST_FILES * receipts.MOST_BYTES


class StopAtLargest(FileUploadHandler):
    """Stops reading a body that holds more than all the files taken."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > LARGEST_BODY:
            self.request.too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public form: open to all, kept by nobody, its words in no error report, its body limited."""
    guarded = csrf_protect(view)

    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers.insert(0, StopAtLargest(request))
        return guarded(request, *args, **kwargs)

    # Exempt so that nothing is read before the limit stands; ``guarded`` asks for the token.
    return csrf_exempt(sensitive_post_parameters()(never_cache(login_not_required(bounded))))


@login_not_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/complaints/statistics.html", figures.published(on=localdate()))


@_bounded
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, number: str) -> HttpResponse:
    return _statement(request, _entry(number), ComplaintForm, complaints.lodge, is_objection=False)


@_bounded
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    return _statement(request, _entry(number), StatementForm, objections.lodge, is_objection=True)


def _entry(number: str) -> RegisterEntry:
    rows = RegisterEntry.objects.without_search_columns().select_related("filing__entity", "entity")
    return get_object_or_404(rows, number_key=numbers.key(number)[:LONGEST_NUMBER])


def _statement(
    request: HttpRequest,
    entry: RegisterEntry,
    kind: type[StatementForm],
    lodge: Callable[..., tuple[Matter, str]],
    *,
    is_objection: bool,
) -> HttpResponse:
    person = request.user
    known = {"name": person.get_short_name(), "contact": person.email} if person.is_authenticated else {}
    is_posted = request.method == "POST"
    form = kind(request.POST, request.FILES) if is_posted else kind(initial=known)
    if is_posted and not consume(request, action="complain"):
        return _too_often(request, entry)
    if is_posted and form.is_valid() and _is_human(request, form):
        # Last, so that nobody uses up by empty sendings what all others may send on an entry.
        if not consume(request, action="complain_entry", key=entry.number):
            return _too_often(request, entry)
        facts = {name: value for name, value in form.cleaned_data.items() if name not in ("name", "contact")}
        made = _try(request, form, lambda: lodge(entry=entry, person=form.person(), at=now(), **facts))
        if made is not None:
            context = {"matter": made[0], "code": made[1], "entry": entry, "is_objection": is_objection}
            return render(request, "portal/complaints/receipt.html", context)
    context = {"entry": entry, "form": form, "is_objection": is_objection, "challenge": humanity.challenge(at=now())}
    return render(request, "portal/complaints/statement.html", context, status=422 if form.errors else 200)


def _too_often(request: HttpRequest, entry: RegisterEntry) -> HttpResponse:
    return render(request, "portal/complaints/too_often.html", {"entry": entry}, status=429)


def _is_human(request: HttpRequest, form: StatementForm) -> bool:
    """Who signed in has shown it; everybody else shows it with the form."""
    if request.user.is_authenticated:
        return True
    given = {name: request.POST.get(name, "")[:500] for name in ("token", "work", "answer")}
    try:
        humanity.check(at=now(), **given)
    except humanity.NotShown as missing:
        form.add_error(None, str(missing))
        return False
    return True


def _try[T](request: HttpRequest, form: Any, rule: Callable[[], T]) -> T | None:
    """Run a rule; what it refuses stands at the form."""
    if getattr(request, "too_large", False):
        form.add_error("files", _("These files are too large together. Choose smaller or fewer ones."))
        return None
    try:
        return rule()
    except RefusedUpload as refused:
        form.add_error("files", refused.message)
    except receipts.NoAuthority:
        form.add_error(None, _("No authority of this portal deals with this entry. Write to the authority itself."))
    except TransitionNotAllowed:
        form.add_error(None, _("This was closed meanwhile. Nothing was changed."))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


@_bounded
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portal/complaints/follow.html", {"form": CodeForm()})
    return _with_code(request, lambda matter, code: _shown(request, matter, code))


@_bounded
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    return _with_code(request, lambda matter, code: _written(request, matter, code))


@_bounded
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    def act(matter: Matter, code: str) -> HttpResponse:
        try:
            receipts.withdraw(matter, at=now())
        except TransitionNotAllowed:
            return _shown(request, matter, code, said=_("This was closed meanwhile. Nothing was changed."))
        return _shown(request, matter, code, said=_("Your objection is withdrawn."))

    return _with_code(request, act)


@_bounded
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    def act(matter: Matter, code: str) -> HttpResponse:
        receipts.forget(matter, at=now())
        return _shown(request, matter, code, said=_("Your name and contact are erased."))

    return _with_code(request, act)


def _with_code(request: HttpRequest, act: Callable[[Matter, str], HttpResponse]) -> HttpResponse:
    if not consume(request, action="receipt"):
        return render(request, "portal/complaints/too_often.html", status=429)
    form = CodeForm(request.POST)
    matter = receipts.find(form.cleaned_data["code"]) if form.is_valid() else None
    if matter is None:
        if form.is_valid():
            form.add_error("code", _("There is nothing under this code. Compare it with your receipt."))
        return render(request, "portal/complaints/follow.html", {"form": form}, status=422)
    return act(matter, form.cleaned_data["code"])


def _written(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    form = AddForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        _try(request, form, lambda: receipts.add(matter, text=given["text"], files=given["files"], at=now()))
    if form.errors:
        return _shown(request, matter, code, form=form, status=422)
    return _shown(request, matter, code, said=_("Added. The authority sees it."))


def _shown(
    request: HttpRequest, matter: Matter, code: str, *, said: str = "", form: AddForm | None = None, status: int = 200
) -> HttpResponse:
    matter = receipts.find(code) or matter
    context = {"matter": matter, "code": code, "said": said, "form": form or AddForm(), **words.of_receipt(matter)}
    return render(request, "portal/complaints/status.html", context, status=status)

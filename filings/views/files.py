import logging
import uuid
from typing import TYPE_CHECKING, Any, cast

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from filings import access, attachments, contents, papers, policy, sealed
from filings.dossier.kinds import KINDS
from filings.models import AccessRecord, Attachment, Entity, Filing, OfficerRole, Paper, SealedValue
from filings.uploads import RefusedUpload, kinds
from filings.views.requests import number

if TYPE_CHECKING:
    from portal.models import User

logger = logging.getLogger(__name__)

SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# Browsers do not show a PDF in a sandbox; it holds no script, which the checks made sure of.
PDF_ONLY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
REVEALS = (OfficerRole.INTAKE, OfficerRole.REVIEWER)


class StopAtLargest(FileUploadHandler):
    """Stops reading a body that is larger than any file taken, and keeps nothing of it."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > kinds.LARGEST:
            self.request.too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


@csrf_exempt  # so that nothing is read before the limit stands; _upload checks the token
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, entity: int) -> HttpResponse:
    request.upload_handlers.insert(0, StopAtLargest(request))
    answer: HttpResponse = _upload(request, entity)
    return answer


@csrf_protect
def _upload(request: HttpRequest, pk: int) -> HttpResponse:
    entity = get_object_or_404(Entity.objects.filter(access.own(_user(request), "pk")), pk=pk)
    filing = _filing(request, entity)
    may_write = policy.may_edit_entity if filing is None else policy.may_write_filings
    policy.require(may_write(_user(request), entity))
    if request.method == "GET":
        return _page(request, entity, filing)
    try:
        kept = _keep(request, entity, filing)
    except RefusedUpload as refused:
        if not request.accepts("text/html"):
            return JsonResponse({"code": refused.code, "message": refused.message}, status=422)
        return _page(request, entity, filing, refused=refused, status=422)
    if request.accepts("text/html"):
        return redirect(request.get_full_path())
    shown = {} if isinstance(kept, SealedValue) else {"url": reverse("filings:attachment-download", args=[kept.pk])}
    return JsonResponse(attachments.reference(kept) | shown, status=201)


def _filing(request: HttpRequest, entity: Entity) -> Filing | None:
    wanted = request.GET.get("filing", "")
    if not wanted:
        return None
    own = access.own(_user(request), "entity", filing="pk")
    return get_object_or_404(Filing.objects.filter(own, entity=entity), pk=number(wanted))


def _keep(request: HttpRequest, entity: Entity, filing: Filing | None) -> Attachment | SealedValue:
    arrived = request.FILES.get("file")
    if getattr(request, "too_large", False):
        raise RefusedUpload("too_large", size="…", most=filesizeformat(kinds.LARGEST))
    if arrived is None:
        raise RefusedUpload("broken_off")
    about: dict[str, Any] = {"entity": entity, "upload": arrived, "by": _user(request), "at": now()}
    try:
        section = KINDS[request.POST.get("kind", "")].section(request.POST.get("section", ""))
    except KeyError:
        return attachments.accept_upload(filing=filing, **about)
    return attachments.accept_for(section, request.POST.get("field", ""), filing=filing, **about)


def _page(
    request: HttpRequest,
    entity: Entity,
    filing: Filing | None,
    *,
    refused: RefusedUpload | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = (
        Attachment.objects.visible_to(_user(request))
        .filter(entity=entity, filing=filing)
        .order_by("-uploaded_at", "-pk")[:100]
    )
    files = [
        {"name": each.name, "size": each.size, "url": reverse("filings:attachment-download", args=[each.pk])}
        for each in kept
    ]
    context = {"entity": entity, "filing": filing, "files": files, "refused": refused, "types": kinds.TITLES}
    return render(request, "filings/files/upload.html", context, status=status)


@require_GET
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    row = get_object_or_404(
        Attachment.objects.visible_to(_user(request)).select_related("entity", "filing").distinct(), pk=pk
    )
    attachments.note_download(subject=row.name, entity=row.entity, filing=row.filing, by=_user(request), at=now())
    try:
        content = attachments.open_content(row)
    except contents.ContentMissing as missing:
        return content_missing(request, missing)
    return served(content, row.name, row.media_type, inline=row.media_type in kinds.PREVIEWED)


@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    row = get_object_or_404(
        Paper.objects.visible_to(_user(request)).select_related("procedure__filing__entity").distinct(), pk=pk
    )
    filing = row.procedure.filing
    subject = f"{row.kind} {row.digest[:16]}"
    attachments.note_download(subject=subject, entity=filing.entity, filing=filing, by=_user(request), at=now())
    try:
        content = papers.open_paper(row)
    except contents.ContentMissing as missing:
        return content_missing(request, missing)
    media_type = papers.media_type(row)
    return served(content, papers.file_name(row), media_type, inline=media_type in kinds.PREVIEWED)


def content_missing(request: HttpRequest, missing: contents.ContentMissing) -> HttpResponse:
    """The page for a file that a row cites and the storage has lost; the operator finds the digest in the log."""
    logger.error("The storage has lost the content %s", missing)
    return render(request, "filings/files/missing.html", {"digest": str(missing)}, status=404)


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    doors_of_their_own = (SealedValue.Kind.TEST_ACCESS, SealedValue.Kind.ACCOUNT)  # the vault, a report of a misuse
    personal = SealedValue.objects.exclude(kind__in=doors_of_their_own)
    row = get_object_or_404(personal.select_related("entity"), pk=pk)
    posting = access.posting_over(_user(request), row.entity.region_code, *REVEALS)
    get_object_or_404(Entity.objects.visible_to(_user(request)).distinct(), pk=row.entity_id)
    policy.require(posting is not None)
    reason = request.POST.get("reason", "").strip()
    context: dict[str, Any] = {"row": row, "masked": sealed.masked(row), "is_missing": False}
    if request.method == "POST" and reason and row.erased_at is None:
        AccessRecord.objects.create(
            at=now(),
            actor=_user(request),
            posting=posting,
            action=AccessRecord.Action.REVEAL,
            entity=row.entity,
            filing=_reviewed(request, row.entity),
            subject=f"{row.kind} {row.pk}: {reason}"[:200],
        )
        if row.kind == SealedValue.Kind.SCAN:
            name = attachments.reference(row)["name"]
            return served(iter([sealed.reveal(row)]), name, row.media_type, inline=True)
        context["value"] = sealed.reveal(row).decode()
    elif request.method == "POST":
        context["is_missing"] = not reason
    return render(request, "filings/files/reveal.html", context, status=422 if context["is_missing"] else 200)


def _reviewed(request: HttpRequest, entity: Entity) -> Filing | None:
    """The filing in whose review the officer asks, if the address names one."""
    key = number(request.GET.get("filing", ""))
    return Filing.objects.visible_to(_user(request)).filter(entity=entity, pk=key).first() if key else None


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


def served(content: Any, name: str, media_type: str, *, inline: bool) -> FileResponse:
    answer = FileResponse(content, content_type=media_type)
    disposition = content_disposition_header(not inline, name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Content-Security-Policy"] = PDF_ONLY if media_type == "application/pdf" and inline else SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["Cache-Control"] = "private, no-store"
    return answer

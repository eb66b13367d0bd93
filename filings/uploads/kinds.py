"""The types that are taken: an allow-list with endings, declared names and largest sizes."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
IMAGE_MOST = 10 * MEGABYTE
DOCUMENT_MOST = 50 * MEGABYTE
MEDIA_MOST = 200 * MEGABYTE
LARGEST = MEDIA_MOST


@dataclass(frozen=True, slots=True)
class FileType:
    """One type taken. ``declared``: what browsers call it besides its own name."""

    media_type: str
    title: str
    endings: tuple[str, ...]
    most: int
    declared: tuple[str, ...] = ()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TYPES = (
    FileType("application/pdf", "PDF", ("pdf",), DOCUMENT_MOST, ("application/x-pdf",)),
    FileType("image/png", "PNG", ("png",), IMAGE_MOST, ("image/x-png",)),
    FileType("image/jpeg", "JPEG", ("jpg", "jpeg"), IMAGE_MOST, ("image/jpg", "image/pjpeg")),
    FileType("image/webp", "WebP", ("webp",), IMAGE_MOST),
    FileType(DOCX, "DOCX", ("docx",), DOCUMENT_MOST, ("application/zip",)),
    FileType(XLSX, "XLSX", ("xlsx",), DOCUMENT_MOST, ("application/zip",)),
    FileType("text/csv", "CSV", ("csv",), DOCUMENT_MOST, ("text/plain", "application/csv", "application/vnd.ms-excel")),
    FileType("text/plain", "TXT", ("txt",), DOCUMENT_MOST),
    FileType("video/mp4", "MP4", ("mp4", "m4v"), MEDIA_MOST, ("video/x-m4v",)),
    FileType("audio/mpeg", "MP3", ("mp3",), MEDIA_MOST, ("audio/mp3", "audio/x-mp3", "audio/mpeg3")),
    FileType("audio/wav", "WAV", ("wav",), MEDIA_MOST, ("audio/x-wav", "audio/wave", "audio/vnd.wave")),
)
BY_ENDING = {ending: each for each in TYPES for ending in each.endings}
BY_MEDIA_TYPE = {each.media_type: each for each in TYPES}
TITLES = ", ".join(each.title for each in TYPES)
UNDECLARED = {"", "application/octet-stream", "binary/octet-stream"}

# Identity papers: nothing that cannot be looked at.
SCANS = ("application/pdf", "image/png", "image/jpeg", "image/webp")
# Shown in the browser rather than saved: formats that cannot run anything once checked.
PREVIEWED = SCANS

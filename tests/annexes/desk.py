"""What tests of the annexes' pages do: begin a draft, hand in files, let the worker run."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from filings import annexes, attachments, drafts, events
from filings.annexchecks.columns import ANNEXES
from filings.dossier import specimen
from tests import factories

PERIOD = {"test_from": "2026-10-01", "test_to": "2026-10-31"}


def service(provider, entity, *, at, kind="generative"):
    procedure = drafts.start_filing(entity=entity, kind=kind, by=provider, at=at)
    content = factories.real(specimen.service(kind), entity, by=provider, at=at)
    for section in set(content) - {"annexes"}:
        value = content[section]
        version = procedure.dossier.section_versions.get(section, 0)
        drafts.save_section(
            dossier=procedure.dossier, section=section, value=value, base_version=version, by=provider, at=at
        )
    return refreshed(procedure)


def refreshed(procedure):
    return type(procedure).objects.select_related("filing__entity", "dossier", "rule_set").get(pk=procedure.pk)


def upload(procedure, provider, name, content, *, at=None):
    """Through the checks that every upload passes."""
    given = SimpleUploadedFile(name, content, "application/octet-stream")
    kept = attachments.accept_upload(
        entity=procedure.filing.entity, filing=procedure.filing, upload=given, by=provider, at=at or timezone.now()
    )
    return [attachments.reference(kept)]


def hand_in(procedure, provider, files, *, work=True, **answers):
    """Save the section with these files by annex; the worker checks them."""
    at = timezone.now()
    value = dict(refreshed(procedure).dossier.content.get("annexes", PERIOD))
    for annex, (name, content) in files.items():
        value[annex] = upload(procedure, provider, name, content, at=at)
    dossier = refreshed(procedure).dossier
    drafts.save_section(
        dossier=dossier,
        section="annexes",
        value=value | answers,
        base_version=dossier.section_versions.get("annexes", 0),
        by=provider,
        at=at,
    )
    if work:
        events.deliver_due()
    return annexes.newest(procedure)


def whole(package, *, form="xlsx"):
    """The files of a package by annex."""
    return {annex: (f"{ANNEXES[annex].sheet}.{form}", getattr(package, form)(annex)) for annex in ANNEXES}

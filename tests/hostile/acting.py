"""The addresses of the desk at which an officer acts."""

from django.urls import reverse


def acting_addresses(task):
    """(name, path) of each, on one task."""
    for verb in ("claim", "release", "reassign", "finding", "note", "propose", "pass-up"):
        name = f"admin:reviews_reviewtask_{verb}"
        yield name, reverse(name, args=[task.pk])
    yield "claim next", reverse("admin:reviews_reviewtask_claim-next")
    for action in ("grant", "refuse", "extend"):
        yield action, reverse("admin:reviews_reviewtask_date", args=[task.procedure_id, action])
    yield "verify", reverse("admin:filings_entityversion_change", args=[task.submission.entity_version_id])
    yield "waive", f"{reverse('admin:reviews_waiver_add')}?filing={task.procedure.filing_id}"
    for model in ("filings_authority", "filings_posting", "reviews_stageplan", "reviews_findingtemplate"):
        yield model, reverse(f"admin:{model}_add")

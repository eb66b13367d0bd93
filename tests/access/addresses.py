"""An address of each name in a world that has one of everything."""

from operator import attrgetter

from django.urls import reverse

ADMIN_ROWS = {
    "filings_entityversion": "version", "reviews_waiver": "waiver", "filings_authority": "authority",
    "filings_posting": "posting", "reviews_stageplan": "stage", "reviews_findingtemplate": "template",
    "reviews_declineground": "ground", "filings_calendarday": "day", "filings_delivery": "parked",
    "filings_ruleset": "rule_set",
    "reviews_reviewtask": "task", "reviews_proposal": "proposal", "reviews_bankquestion": "own_question",
    "filings_matter": "matter",
}  # fmt: skip

# What an address names, by its name: attributes of the world, or texts as they stand.
ARGUMENTS = {
    "portal:law-detail": ("=arp",),
    "portal:outbox-detail": ("=20260101-000000-1.log", 0),
    "register:entry-detail": ("entry.number",),
    "register:verify-number": ("entry.number",),
    "register:badge": ("entry.number",),
    "register:qr": ("entry.number",),
    "register:notice-detail": ("=2026-01-01", "=cancelled"),
    "filings:number-show": ("entry.filing_id",),
    "filings:display-change": ("entry.filing_id", "display"),
    "filings:calendar": ("entity",),
    "filings:confirmation-declare": ("asked",),
    "filings:calendar-feed-make": ("entity",),
    "filings:calendar-feed-revoke": ("entity",),
    "filings:calendar-feed": ("feed",),
    "api:register-entry": ("entry.number",),
    "api:verify": ("entry.number",),
    "filings:entity-detail": ("entity",),
    "filings:penalty-list": ("entity",),
    "filings:order-report": (0,),
    "filings:hearing": (0,),
    "filings:cancellation-start": ("entry.filing_id",),
    "filings:profile-list": ("entity",),
    "filings:profile-freeze": ("entity",),
    "filings:member-list": ("entity",),
    "filings:member-invite": ("entity",),
    "filings:agent-invite": ("entity",),
    "filings:member-role": ("entity", "membership"),
    "filings:member-remove": ("entity", "membership"),
    "filings:invitation-revoke": ("entity", "invitation"),
    "filings:invitation-accept": ("invited",),
    "filings:notice-open": ("notice",),
    "filings:assessment": ("service",),
    "filings:assessor-invite": ("service",),
    "filings:assessor-revoke": ("service",),
    "filings:assessment-fill": ("mandate",),
    "filings:assessment-sign": ("mandate",),
    "filings:assessment-accept": ("offer",),
    "admin:filings_ruleset_file": ("rule_set",),
    "filings:procedure-detail": ("reviewed",),
    "filings:change-start": ("registered",),
    "filings:change-detail": ("change",),
    "filings:transfer-start": ("registered",),
    "filings:transfer-detail": ("transfer",),
    "filings:transfer-refuse": ("transfer",),
    "filings:filing-again": ("registered",),
    "api:dataset-detail": ("dataset.matter.reference",),
    "datasets:detail": ("dataset.matter.reference",),
    "filings:dataset-start": ("entity",),
    "filings:dataset-save": ("dataset.matter_id",),
    "filings:dataset-withdraw": ("dataset.matter_id",),
    "filings:application-list": ("dataset.matter_id",),
    "filings:application-detail": ("application",),
    "filings:data-request-start": ("dataset.matter.reference",),
    "filings:data-request-take-back": ("application.matter_id",),
    "admin:filings_matter_dataset": ("dataset.matter_id",),
    "filings:matter-list": ("entity",),
    "filings:matter-detail": ("asked",),
    "filings:inspection-answer": ("matter", "question"),
    "filings:inspection-hand-over": ("matter",),
    "filings:inspection-later": ("matter",),
    "filings:inspection-sample": ("matter",),
    "filings:inspection-correct": ("matter",),
    "admin:filings_matter_inspection-act": ("matter", "=question"),
    "admin:filings_matter_inspection-check": ("matter", "check"),
    "admin:filings_matter_inspection-dossier": ("matter",),
    "filings:incident-start": ("entity",),
    "filings:misuse-start": ("entity",),
    "filings:incident-draft": (0,),
    "filings:incident-write": (0,),
    "admin:filings_matter_incident": (0,),
    "filings:complaint-answer": ("complaint",),
    "filings:objection-withdraw": ("objection",),
    "filings:objection-start": ("entity",),
    "complaints:complain": ("entry.number",),
    "complaints:object": ("entry.number",),
    "admin:filings_matter_complaint": ("complaint", "=ask"),
    "admin:filings_matter_objection": ("objection", "=take-up"),
    "admin:filings_matter_person": ("complaint",),
    "admin:filings_matter_public-file": ("complaint", "public_file"),
    "filings:procedure-withdraw": ("reviewed",),
    "filings:finding-list": ("rectifying",),
    "filings:later-date": ("rectifying",),
    "filings:finding-answer": ("sent_finding",),
    "filings:dossier-list": ("draft",),
    "filings:dossier-use-version": ("draft",),
    "filings:dossier-check": ("draft",),
    "filings:dossier-lock": ("draft",),
    "filings:dossier-sign": ("draft",),
    "filings:dossier-invite": ("draft",),
    "filings:scan-list": ("draft",),
    "filings:scan-detail": ("draft", "scan"),
    "filings:dossier-submit": ("draft",),
    "filings:receipt": ("reviewed", 1),
    "filings:section-reread": ("draft", "=algorithm"),
    "filings:annex-list": ("generative",),
    "filings:annex-detail": ("generative", "=keywords"),
    "filings:annex-columns": ("generative", "=keywords"),
    "filings:annex-check": ("generative",),
    "filings:annex-template": ("=keywords", "=xlsx"),
    "filings:annex-report": ("counted",),
    "filings:vault-list": ("generative",),
    "filings:vault-replace": ("generative", "deposit"),
    "filings:vault-withdraw": ("generative", "deposit"),
    "filings:confirm": ("link",),
    "filings:confirm-paper": ("link", "lock_paper"),
    "filings:dossier-section": ("draft", "=algorithm"),
    "filings:profile-section": ("entity", "=basic"),
    "filings:attachment-upload": ("entity",),
    "filings:attachment-download": ("attachment",),
    "filings:paper-download": ("paper",),
    "filings:sealed-reveal": ("sealed",),
    "account_confirm_email": ("=wrong",),
    "account_reset_password_from_key": ("=1", "=wrong-key"),
    "mfa_remove_webauthn": (1,),
    "mfa_edit_webauthn": (1,),
    "admin:desk-registered-detail": ("entry.filing_id",),
    "admin:desk-order": (0,),
    "admin:desk-hearing": (0,),
    "admin:desk-ending-sign": (0,),
    "admin:view_on_site": ("=1", "=1"),
    "admin:desk-number": ("entry.filing_id",),
    "admin:desk-batch": ("batch",),
    "admin:desk-batch-act": ("batch", "=publish"),
    "admin:desk-batch-file": ("batch", "=deep_synthesis"),
    "admin:reviews_proposal_sign": ("proposal",),
    "admin:reviews_reviewtask_claim": ("task",),
    "admin:reviews_reviewtask_release": ("task",),
    "admin:reviews_reviewtask_reassign": ("task",),
    "admin:reviews_reviewtask_review": ("task",),
    "admin:reviews_reviewtask_annexes": ("task",),
    "admin:reviews_reviewtask_annex": ("task", "=keywords"),
    "admin:reviews_reviewtask_finding": ("task",),
    "admin:reviews_reviewtask_finding-change": ("task", "finding", "=edit"),
    "admin:reviews_reviewtask_note": ("task",),
    "admin:reviews_reviewtask_propose": ("task",),
    "admin:reviews_reviewtask_pass-up": ("task",),
    "admin:reviews_reviewtask_test": ("tested",),
    "admin:reviews_reviewtask_test-sheet": ("tested",),
    "admin:reviews_reviewtask_test-finish": ("tested",),
    "admin:reviews_reviewtask_test-end": ("tested", "=drop"),
    "admin:reviews_reviewtask_test-access": ("tested", "deposited"),
    "admin:reviews_reviewtask_test-questions": ("tested",),
    "admin:reviews_reviewtask_test-question": ("tested", 1),
    "admin:reviews_reviewtask_test-own": ("tested",),
    "admin:reviews_reviewtask_date": ("rectifying", "=extend"),
    "admin:filings_resource_trace": ("=filing", "reviewed.filing_id"),
    "admin:filings_resource_mark": ("=filing", "reviewed.filing_id"),
    "admin:filings_resource_inspect": ("=filing", "reviewed.filing_id"),
    "admin:filings_resource_lift": ("=filing", "reviewed.filing_id"),
    "admin:filings_delivery_again": ("parked",),
    "admin:app_list": ("=filings",),
}

# What an address is asked about after its question mark.
QUERIES = {"admin:reviews_waiver_add": ("filing", "reviewed.filing_id")}

# Addresses that Django's admin gives no name.
UNNAMED = {
    f"admin/{key.replace('_', '/')}/<path:object_id>/": (f"admin:{key}_changelist", attribute)
    for key, attribute in ADMIN_ROWS.items()
}
DATA = {
    "filings:complaint-answer": {"text": "已处置。"},
    "admin:filings_matter_complaint": {"text": "请说明时间。"},
    "admin:filings_matter_person": {"reason": "核实情况"},
    "filings:member-invite": {"email": "somebody@example.cn", "role": "viewer"},
    "filings:member-role": {"role": "editor"},
    "admin:reviews_reviewtask_note": {"text": "内部备注"},
    "admin:reviews_reviewtask_finding": {"path": "algorithm.name", "severity": "must", "text": "请核对。"},
    "filings:sealed-reveal": {"reason": "核对身份"},
    "admin:reviews_reviewtask_test-question": {"verdict": "passed", "answer": "模型的回答"},
}

# Reading that leaves something behind: an access record; and a claim's lease is renewed.
RECORDED = {
    "admin:filings_matter_public-file": {"filings_accessrecord"},
    "filings:attachment-download": {"filings_accessrecord"},
    "filings:paper-download": {"filings_accessrecord"},
    "admin:reviews_reviewtask_review": {"filings_accessrecord", "reviews_reviewtask"},
    "admin:reviews_proposal_sign": {"filings_accessrecord"},
    "admin:filings_matter_change": {"filings_accessrecord"},
    "admin:filings_matter_inspection-dossier": {"filings_accessrecord"},
    "admin:filings_entityversion_change": {"filings_accessrecord"},
}


def path(name, made):
    """The address in this world."""
    if name in UNNAMED:
        listed, attribute = UNNAMED[name]
        return f"{reverse(listed)}{getattr(made, attribute).pk}/"
    if name == "admin/(?P<url>.*)$":
        return "/admin/nothing/here/"
    address = reverse(name, args=[_argument(each, made) for each in _wanted(name)])
    if name not in QUERIES:
        return address
    key, value = QUERIES[name]
    return f"{address}?{key}={_argument(value, made)}"


def _wanted(name):
    if name in ARGUMENTS:
        return ARGUMENTS[name]
    key, _dash, verb = name.removeprefix("admin:").rpartition("_")
    return (ADMIN_ROWS[key],) if verb in ("change", "history", "delete") and key in ADMIN_ROWS else ()


def _argument(each, made):
    if isinstance(each, int):
        return each
    if each.startswith("="):
        return each[1:]
    first, _dot, rest = each.partition(".")
    found = getattr(made, first)
    return attrgetter(rest)(found) if rest else getattr(found, "pk", found)

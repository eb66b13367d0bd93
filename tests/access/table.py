"""Who gets what at every address: GET and POST, by role. An address without a row fails the test."""

# A rule reads `status roles | status roles | status of everybody else`; groups are named in GROUPS.
GROUPS = {
    "members": "owner editor viewer agent",
    "writers": "owner editor",
    "fillers": "owner editor agent",
    "outside": "owner editor viewer agent assessor stranger other_owner former",
    "blind": "assessor stranger other_owner administrator nat_admin far_reviewer far_auditor former",
    "nation": "nat_reviewer nat_signatory",
    "admins": "administrator nat_admin",
    "far": "far_reviewer far_auditor",
    "auditors": "auditor far_auditor",
    "keepers": "supervisor administrator nat_admin",
}

OPEN = "200"
NEVER = "405"
NO = "302 anonymous | 405"
SIGNED_IN = "302 anonymous | 200"
ELSEWHERE = "302"
NOBODY = "302 anonymous | 403"
OFFICERS = "302 anonymous | 403 outside | 200"
LEADS_ON = "403 outside | 302"
READERS = "302 anonymous | 403 outside admins | 200"
DESK_NO = "302 anonymous | 403 outside | 405"
KEPT = "200 admins auditors | 302 anonymous | 403"
MEMBERS = "200 members | 302 anonymous | 404"
WRITERS = "302 fillers anonymous | 403 viewer | 404"
CHANGERS = "302 anonymous | 403 viewer | 422 fillers | 404"
PROFILE_WRITERS = "302 writers anonymous | 403 viewer agent | 404"
ENTITY = "200 members | 302 anonymous | 404 blind | 403"
ENTITY_OWNER = "302 anonymous owner | 404 blind | 403"
OWNER = "302 anonymous owner | 403 editor viewer agent | 404"
DESK_NOTHING = "302 anonymous | 403 outside | 404"
SEES_IT = "302 anonymous | 403 outside | 404 admins far | 200"
AUDITORS = "200 auditors | 302 anonymous | 403"
FILES = "302 anonymous | 404 blind | 200"
SIGNED_IN_NOTHING = "302 anonymous | 404"
WHO_HAS_IT = "200 reviewer | 302 anonymous | 404 admins far | 403"
STEERS = "200 nat_admin | 302 anonymous | 403"
TAKES_PART = "200 reviewer colleague supervisor | 302 anonymous | 404 admins far | 403"
WHO_HAS_IT_ACTS = "302 anonymous reviewer | 404 admins far | 403"
VISITORS = "200 anonymous | 302"
READS_OWN = "200 reviewer colleague supervisor auditors nat_reviewer far_reviewer | 302 anonymous | 403"
KEEPS_OWN = "200 reviewer colleague supervisor nat_reviewer far_reviewer | 302 anonymous | 403"
HISTORY_OF_OWN = "200 reviewer colleague supervisor auditor | 302 anonymous nation nat_admin far | 403"
ITS_OWN = "200 reviewer colleague supervisor auditor | 302 anonymous nat_reviewer far | 403"

KEEPS_BATCHES = "200 signatory supervisor nat_signatory | 302 anonymous | 403"

ROWS = {
    "portal:home": (OPEN, NEVER),
    "portal:guide": (OPEN, NEVER),
    "portal:guide-check": (OPEN, NEVER),
    "portal:guide-checklist": (OPEN, NEVER),
    "portal:guide-specimen": (OPEN, NEVER),
    "portal:law-list": (OPEN, NEVER),
    "portal:law-detail": (OPEN, NEVER),
    "portal:about": (OPEN, NEVER),
    "portal:accessibility": (OPEN, NEVER),
    "portal:style": (OPEN, NEVER),
    "portal:outbox-list": (OPEN, NEVER),
    "portal:outbox-detail": ("404", NEVER),
    "register:list": (OPEN, NEVER),
    "register:feed": (OPEN, OPEN),
    "register:entry-detail": (OPEN, NEVER),
    "register:badge": (OPEN, NEVER),
    "register:qr": (OPEN, NEVER),
    "register:notice-list": (OPEN, NEVER),
    "register:notice-detail": ("404", NEVER),
    "register:verify": (OPEN, NEVER),
    "register:verify-number": (OPEN, NEVER),
    "filings:home": ("302 members assessor anonymous other_owner | 200", NO),
    "filings:entity-create": (SIGNED_IN, SIGNED_IN),
    "filings:entity-detail": (ENTITY, NO),
    "filings:penalty-list": (ENTITY, NO),
    "filings:order-report": (NO, SIGNED_IN_NOTHING),
    "filings:hearing": (SIGNED_IN_NOTHING, SIGNED_IN_NOTHING),
    "filings:cancellation-start": (
        "200 owner | 302 anonymous | 403 editor viewer agent | 404",
        "302 anonymous | 403 editor viewer agent | 422 owner | 404",
    ),
    "filings:profile-list": (ENTITY, NO),
    "filings:profile-freeze": (NO, "302 writers anonymous | 404 blind | 403"),
    "filings:member-list": (ENTITY, NO),
    "filings:member-invite": (NO, ENTITY_OWNER),
    "filings:agent-invite": (
        "200 owner | 302 anonymous | 404 blind | 403",
        "422 owner | 302 anonymous | 404 blind | 403",
    ),
    "filings:member-role": (NO, ENTITY_OWNER),
    "filings:member-remove": (
        "200 owner viewer | 302 anonymous | 404 blind | 403",
        "302 anonymous owner viewer | 404 blind | 403",
    ),
    "filings:invitation-revoke": (NO, ENTITY_OWNER),
    "filings:invitation-accept": (OPEN, VISITORS),
    "filings:notice-list": (SIGNED_IN, NO),
    "filings:notice-read": (NO, ELSEWHERE),
    "filings:notice-open": (NO, "302 anonymous owner | 404"),
    "filings:bundle-start": (SIGNED_IN, "302 anonymous | 422 writers other_owner | 200"),
    "filings:filing-start": (SIGNED_IN, "302 anonymous | 422 writers other_owner | 200"),
    "filings:procedure-start": (SIGNED_IN, "302 anonymous | 422 writers other_owner | 200"),
    "filings:assessment": (MEMBERS, WRITERS),
    "filings:assessor-invite": (NO, "302 anonymous | 403 editor viewer agent | 422 owner | 404"),
    "filings:assessor-revoke": (NO, OWNER),
    "filings:assessment-list": (SIGNED_IN, NO),
    "filings:assessment-fill": ("200 assessor | 302 anonymous | 404", "302 assessor anonymous | 404"),
    "filings:assessment-sign": (NO, "422 assessor | 302 anonymous | 404"),
    "filings:assessment-accept": (OPEN, "200 anonymous | 302 assessor | 422"),
    "filings:number-show": (MEMBERS, "302 anonymous | 403 viewer | 422 fillers | 404"),
    "filings:display-change": (
        "200 fillers | 302 anonymous | 403 viewer | 404",
        "302 anonymous | 403 viewer | 422 fillers | 404",
    ),
    "filings:calendar": (ENTITY, NO),
    "filings:calendar-feed-make": (NO, "302 members anonymous | 404 blind | 403"),
    "filings:calendar-feed-revoke": (NO, "302 members anonymous | 404 blind | 403"),
    "filings:calendar-feed": (OPEN, NEVER),
    "filings:confirmation-declare": (
        MEMBERS,
        "302 anonymous | 403 editor viewer agent | 422 owner | 404",
    ),
    "filings:procedure-detail": (MEMBERS, NO),
    "filings:change-start": ("200 fillers | 302 anonymous | 403 viewer | 404", CHANGERS),
    "filings:change-detail": (MEMBERS, CHANGERS),
    "filings:transfer-start": (
        "200 owner | 302 anonymous | 403 editor viewer agent | 404",
        "422 owner | 302 anonymous | 403 editor viewer agent | 404",
    ),
    "filings:transfer-detail": (
        "200 owner editor viewer other_owner | 302 anonymous | 404",
        "422 other_owner | 302 anonymous | 403 owner editor viewer | 404",
    ),
    "filings:transfer-refuse": (NO, "302 anonymous other_owner | 403 owner editor viewer | 404"),
    "filings:filing-again": (NO, "302 anonymous | 403 members | 404"),
    "filings:matter-list": (ENTITY, NO),
    "filings:matter-detail": (MEMBERS, NO),
    "filings:inspection-answer": (NO, "302 anonymous | 403 viewer | 422 fillers | 404"),
    "filings:inspection-hand-over": (NO, WRITERS),
    "filings:inspection-later": (NO, "302 anonymous | 403 viewer | 422 fillers | 404"),
    "filings:inspection-sample": (NO, "302 anonymous | 403 viewer | 422 fillers | 404"),
    "filings:inspection-correct": (NO, "302 anonymous | 403 viewer | 422 fillers | 404"),
    "filings:incident-start": (
        "200 fillers | 302 anonymous | 404 blind | 403",
        "302 anonymous | 404 blind | 422 fillers | 403",
    ),
    "filings:misuse-start": (
        "200 fillers | 302 anonymous | 404 blind | 403",
        "302 anonymous | 404 blind | 422 fillers | 403",
    ),
    "filings:incident-draft": (SIGNED_IN_NOTHING, SIGNED_IN_NOTHING),
    "filings:incident-write": (NO, SIGNED_IN_NOTHING),
    "filings:procedure-withdraw": ("200 owner | 302 anonymous | 403 editor viewer agent | 404", OWNER),
    "filings:finding-list": (MEMBERS, NO),
    "filings:later-date": (NO, "302 anonymous | 403 viewer | 422 fillers | 404"),
    "filings:finding-answer": (NO, WRITERS),
    "filings:dossier-list": (MEMBERS, NO),
    "filings:dossier-use-version": (NO, WRITERS),
    "filings:dossier-check": (MEMBERS, NO),
    "filings:dossier-lock": (NO, WRITERS),
    "filings:dossier-sign": (MEMBERS, NO),
    "filings:dossier-invite": (NO, "302 anonymous | 403 editor viewer agent | 422 owner | 404"),
    "filings:scan-list": (MEMBERS, "302 anonymous | 403 viewer agent | 422 writers | 404"),
    "filings:scan-detail": (MEMBERS, NO),
    "filings:dossier-submit": (NO, OWNER),
    "filings:receipt": (MEMBERS, NO),
    "filings:section-reread": (NO, WRITERS),
    "filings:annex-list": (MEMBERS, NO),
    "filings:annex-detail": (MEMBERS, NO),
    "filings:annex-columns": (NO, WRITERS),
    "filings:annex-check": (NO, WRITERS),
    "filings:annex-template": (SIGNED_IN, NO),
    "filings:annex-report": (MEMBERS, NO),
    "filings:vault-list": (MEMBERS, "302 anonymous | 403 viewer agent | 422 writers | 404"),
    "filings:vault-replace": (
        "200 writers | 302 anonymous | 403 viewer agent | 404",
        "302 anonymous | 403 viewer agent | 422 writers | 404",
    ),
    "filings:vault-withdraw": (NO, PROFILE_WRITERS),
    "filings:confirm": ("403 agent | 200", "403 agent | 200"),
    "filings:confirm-paper": (OPEN, NEVER),
    "filings:dossier-section": (MEMBERS, WRITERS),
    "filings:profile-section": (MEMBERS, PROFILE_WRITERS),
    "filings:region-search": (SIGNED_IN, NO),
    "filings:model-search": (SIGNED_IN, NO),
    "filings:attachment-upload": (
        "200 writers | 302 anonymous | 403 viewer agent | 404",
        "302 anonymous | 403 viewer agent | 422 writers | 404",
    ),
    "filings:attachment-download": (FILES, NO),
    "filings:paper-download": (FILES, NO),
    "filings:sealed-reveal": (
        "200 intake reviewer colleague nat_reviewer | 302 anonymous | 404 blind | 403",
        "200 intake reviewer colleague nat_reviewer | 302 anonymous | 404 blind | 403",
    ),
    "api:openapi": (OPEN, OPEN),
    "api:register-list": (OPEN, NEVER),
    "api:register-entry": (OPEN, NEVER),
    "api:verify": (OPEN, NEVER),
    "account_profile": (SIGNED_IN, "302 anonymous | 422"),
    "set_language": (ELSEWHERE, ELSEWHERE),
    "health-live": (OPEN, NEVER),
    "health-ready": (OPEN, NEVER),
    "health-metrics": (OPEN, NEVER),
    "admin:desk-registered": (OFFICERS, OFFICERS),
    "admin:desk-registered-detail": (SEES_IT, SEES_IT),
    "admin:desk-order": (DESK_NOTHING, DESK_NOTHING),
    "admin:desk-hearing": (DESK_NOTHING, DESK_NOTHING),
    "admin:desk-ending-sign": (DESK_NOTHING, DESK_NOTHING),
    "admin:desk-find": (READERS, DESK_NO),
    "admin:desk-readiness": (STEERS, DESK_NO),
    "admin:desk-workload": ("200 supervisor auditors | 302 anonymous | 403", DESK_NO),
    "admin:desk-number": ("302 anonymous | 403 outside admins | 404 far | 200", DESK_NO),
    "admin:desk-unconfirmed": (READERS, DESK_NO),
    "admin:desk-batches": (READERS, DESK_NO),
    "admin:desk-batch-open": (DESK_NO, KEEPS_BATCHES),
    "admin:desk-batch": ("200 nation | 302 anonymous | 403 outside admins | 404", DESK_NO),
    "admin:desk-batch-act": (DESK_NO, "302 anonymous nat_signatory | 403 outside admins nat_reviewer | 404"),
    "admin:desk-batch-file": ("200 nation | 302 anonymous | 403 outside admins | 404", DESK_NO),
    "admin:index": (OFFICERS, OFFICERS),
    "admin:login": (LEADS_ON, LEADS_ON),
    "admin:logout": (DESK_NO, LEADS_ON),
    "admin:password_change": (LEADS_ON, LEADS_ON),
    "admin:password_change_done": (OFFICERS, DESK_NO),
    "admin:autocomplete": (NOBODY, DESK_NO),
    "admin:jsi18n": (OFFICERS, DESK_NO),
    "admin:view_on_site": (DESK_NOTHING, DESK_NOTHING),
    "admin:filings_resource_changelist": (READERS, DESK_NO),
    "admin:filings_resource_trace": (
        "302 anonymous | 403 outside admins | 404 far | 200",
        DESK_NO,
    ),
    "admin:filings_resource_mark": (
        "200 supervisor | 302 anonymous | 404 far | 403",
        "200 supervisor | 302 anonymous | 404 far | 403",
    ),
    "admin:filings_resource_lift": (DESK_NO, "302 anonymous | 404 far supervisor | 403"),
    "admin:filings_event_changelist": (AUDITORS, AUDITORS),
    "admin:filings_event_export": (NOBODY, AUDITORS),
    "admin:filings_accessrecord_changelist": (AUDITORS, AUDITORS),
    "admin:filings_accessrecord_export": (NOBODY, AUDITORS),
    "admin:filings_matter_changelist": (READERS, READERS),
    "admin:filings_matter_change": (SEES_IT, DESK_NO),
    "admin:filings_matter_inspection-open": (KEEPS_OWN, KEEPS_OWN),
    "admin:filings_matter_inspection-draw": (KEEPS_OWN, KEEPS_OWN),
    "admin:filings_matter_inspection-act": (TAKES_PART, TAKES_PART),
    "admin:filings_matter_inspection-check": (
        DESK_NO,
        "302 anonymous reviewer colleague supervisor | 404 admins far | 403",
    ),
    "admin:filings_matter_inspection-dossier": (SEES_IT, DESK_NO),
    "admin:filings_matter_incident": (DESK_NO, DESK_NOTHING),
    "admin:reviews_proposal_sign": (SEES_IT, "302 anonymous nat_signatory | 404 admins far | 403"),
    "admin:reviews_proposal_change": (LEADS_ON, LEADS_ON),
    "admin:reviews_proposal_changelist": (READERS, READERS),
    "admin:filings_entityversion_change": (SEES_IT, "302 anonymous intake | 404 admins far | 403"),
    "admin:filings_entityversion_changelist": (READERS, READERS),
    "admin:reviews_waiver_add": (
        "200 intake | 302 anonymous | 403 outside reviewer colleague signatory supervisor auditor nation | 404",
        "200 intake | 302 anonymous | 403 outside reviewer colleague signatory supervisor auditor nation | 404",
    ),
    "admin:reviews_waiver_changelist": (READERS, READERS),
    "admin:reviews_waiver_history": (
        "302 admins far anonymous | 403 outside | 200",
        "302 admins far anonymous | 403 outside | 200",
    ),
    "admin:reviews_waiver_delete": (NOBODY, NOBODY),
    "admin:reviews_waiver_change": ("302 far anonymous | 403 outside admins | 200", "302 far anonymous | 403"),
    "admin/reviews/waiver/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:filings_authority_changelist": (KEPT, KEPT),
    "admin:filings_authority_add": (STEERS, STEERS),
    "admin:filings_authority_history": (KEPT, KEPT),
    "admin:filings_authority_delete": (NOBODY, NOBODY),
    "admin:filings_authority_change": (KEPT, STEERS),
    "admin/filings/authority/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:filings_posting_add": ("200 keepers | 302 anonymous | 403", "200 keepers | 302 anonymous | 403"),
    "admin:filings_posting_change": (
        "200 keepers | 302 anonymous | 403 outside auditor | 404",
        "200 keepers | 302 anonymous | 403 outside auditor | 404",
    ),
    "admin:filings_posting_changelist": (
        "200 keepers auditors | 302 anonymous | 403",
        "200 keepers auditors | 302 anonymous | 403",
    ),
    "admin:reviews_reviewtask_changelist": (READERS, READERS),
    "admin:reviews_reviewtask_claim-next": (
        DESK_NO,
        "302 anonymous reviewer colleague nat_reviewer far_reviewer | 403",
    ),
    "admin:reviews_reviewtask_claim": (DESK_NO, "302 anonymous reviewer colleague | 404 admins far | 403"),
    "admin:reviews_reviewtask_release": (DESK_NO, "302 anonymous reviewer supervisor | 404 admins far | 403"),
    "admin:reviews_reviewtask_reassign": (
        "200 reviewer supervisor | 302 anonymous | 404 admins far | 403",
        "200 reviewer supervisor | 302 anonymous | 404 admins far | 403",
    ),
    "admin:reviews_reviewtask_change": (LEADS_ON, LEADS_ON),
    "admin:reviews_reviewtask_review": (SEES_IT, SEES_IT),
    "admin:reviews_reviewtask_annexes": (SEES_IT, DESK_NO),
    "admin:reviews_reviewtask_annex": (DESK_NOTHING, DESK_NO),
    "admin:reviews_reviewtask_finding": (DESK_NO, WHO_HAS_IT_ACTS),
    "admin:reviews_reviewtask_finding-change": (WHO_HAS_IT, WHO_HAS_IT),
    "admin:reviews_reviewtask_note": (DESK_NO, "403 outside auditor | 404 admins far | 302"),
    "admin:reviews_reviewtask_propose": (WHO_HAS_IT, WHO_HAS_IT),
    "admin:reviews_reviewtask_pass-up": (WHO_HAS_IT, WHO_HAS_IT_ACTS),
    "admin:reviews_reviewtask_date": (
        DESK_NO,
        "200 reviewer colleague supervisor | 302 anonymous | 404 admins far | 403",
    ),
    "admin:filings_ruleset_changelist": (OFFICERS, OFFICERS),
    "admin:filings_ruleset_load": ("200 nat_admin | 302 anonymous | 403", "422 nat_admin | 302 anonymous | 403"),
    "admin:filings_ruleset_file": (OFFICERS, OFFICERS),
    "admin:filings_ruleset_add": (NOBODY, NOBODY),
    "admin:filings_ruleset_history": (OFFICERS, OFFICERS),
    "admin:filings_ruleset_delete": (NOBODY, NOBODY),
    "admin:filings_ruleset_change": (OFFICERS, NOBODY),
    "admin/filings/ruleset/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:reviews_reviewtask_test": (SEES_IT, "302 anonymous | 404 admins far | 403"),
    "admin:reviews_reviewtask_test-sheet": (WHO_HAS_IT, WHO_HAS_IT_ACTS),
    "admin:reviews_reviewtask_test-finish": (DESK_NO, WHO_HAS_IT_ACTS),
    "admin:reviews_reviewtask_test-end": (DESK_NO, WHO_HAS_IT_ACTS),
    "admin:reviews_reviewtask_test-access": (WHO_HAS_IT, WHO_HAS_IT),
    "admin:reviews_reviewtask_test-questions": (SEES_IT, SEES_IT),
    "admin:reviews_reviewtask_test-question": (SEES_IT, WHO_HAS_IT_ACTS),
    "admin:reviews_reviewtask_test-own": (WHO_HAS_IT, WHO_HAS_IT_ACTS),
    "admin:reviews_bankquestion_changelist": (READS_OWN, READS_OWN),
    "admin:reviews_bankquestion_add": (KEEPS_OWN, KEEPS_OWN),
    "admin:reviews_bankquestion_history": (HISTORY_OF_OWN, HISTORY_OF_OWN),
    "admin:reviews_bankquestion_delete": (NOBODY, NOBODY),
    "admin:reviews_bankquestion_change": (
        ITS_OWN,
        "200 reviewer colleague supervisor | 302 anonymous nat_reviewer far | 403",
    ),
    "admin/reviews/bankquestion/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:reviews_stageplan_changelist": (OFFICERS, OFFICERS),
    "admin:reviews_stageplan_add": (STEERS, STEERS),
    "admin:reviews_stageplan_history": (OFFICERS, OFFICERS),
    "admin:reviews_stageplan_delete": (NOBODY, NOBODY),
    "admin:reviews_stageplan_change": (OFFICERS, NOBODY),
    "admin/reviews/stageplan/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:reviews_findingtemplate_changelist": (READERS, READERS),
    "admin:reviews_findingtemplate_add": (
        "200 supervisor | 302 anonymous | 403",
        "200 supervisor | 302 anonymous | 403",
    ),
    "admin:reviews_findingtemplate_history": (READERS, READERS),
    "admin:reviews_findingtemplate_delete": (NOBODY, NOBODY),
    "admin:reviews_findingtemplate_change": (READERS, "200 supervisor | 302 anonymous | 403"),
    "admin/reviews/findingtemplate/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:reviews_declineground_changelist": (OFFICERS, OFFICERS),
    "admin:reviews_declineground_add": (NOBODY, NOBODY),
    "admin:reviews_declineground_history": (OFFICERS, OFFICERS),
    "admin:reviews_declineground_delete": (NOBODY, NOBODY),
    "admin:reviews_declineground_change": (OFFICERS, NOBODY),
    "admin/reviews/declineground/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:filings_calendarday_changelist": (OFFICERS, OFFICERS),
    "admin:filings_calendarday_add": (STEERS, STEERS),
    "admin:filings_calendarday_history": (OFFICERS, OFFICERS),
    "admin:filings_calendarday_delete": (NOBODY, NOBODY),
    "admin:filings_calendarday_change": (OFFICERS, STEERS),
    "admin/filings/calendarday/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:filings_delivery_again": (DESK_NO, "302 admins anonymous | 403"),
    "admin:filings_delivery_changelist": (KEPT, KEPT),
    "admin:filings_delivery_add": (NOBODY, NOBODY),
    "admin:filings_delivery_history": (KEPT, KEPT),
    "admin:filings_delivery_delete": (NOBODY, NOBODY),
    "admin:filings_delivery_change": (KEPT, NOBODY),
    "admin/filings/delivery/<path:object_id>/": (LEADS_ON, LEADS_ON),
    "admin:app_list": (OFFICERS, OFFICERS),
    "admin/(?P<url>.*)$": (DESK_NOTHING, DESK_NOTHING),
}

# The sign-in library's own pages: listed, so that a new one is seen; it knows no roles of ours.
FEW = ("anonymous", "owner", "reviewer")
LIBRARY = {
    "account_login": (VISITORS, VISITORS),
    "account_logout": (SIGNED_IN, ELSEWHERE),
    "account_inactive": (OPEN, NEVER),
    "account_signup": (VISITORS, VISITORS),
    "account_reauthenticate": (SIGNED_IN, SIGNED_IN),
    "account_email": (SIGNED_IN, ELSEWHERE),
    "account_email_verification_sent": (OPEN, NEVER),
    "account_change_password": (SIGNED_IN, SIGNED_IN),
    "account_set_password": (ELSEWHERE, ELSEWHERE),
    "account_reset_password": (OPEN, OPEN),
    "account_confirm_login_code": (ELSEWHERE, ELSEWHERE),
    "account_confirm_email": (OPEN, "404"),
    "account_reset_password_from_key_done": (OPEN, NEVER),
    "account_reset_password_from_key": (OPEN, OPEN),
    "account_reset_password_done": (OPEN, NEVER),
    "mfa_index": (SIGNED_IN, NO),
    "mfa_authenticate": (ELSEWHERE, ELSEWHERE),
    "mfa_reauthenticate": (ELSEWHERE, ELSEWHERE),
    "mfa_activate_totp": (ELSEWHERE, ELSEWHERE),
    "mfa_deactivate_totp": (SIGNED_IN_NOTHING, SIGNED_IN_NOTHING),
    "mfa_view_recovery_codes": (SIGNED_IN_NOTHING, NO),
    "mfa_generate_recovery_codes": (ELSEWHERE, ELSEWHERE),
    "mfa_download_recovery_codes": (SIGNED_IN_NOTHING, SIGNED_IN_NOTHING),
    "mfa_list_webauthn": (SIGNED_IN, NO),
    "mfa_add_webauthn": (ELSEWHERE, ELSEWHERE),
    "mfa_reauthenticate_webauthn": (ELSEWHERE, ELSEWHERE),
    "mfa_remove_webauthn": (ELSEWHERE, ELSEWHERE),
    "mfa_edit_webauthn": (ELSEWHERE, ELSEWHERE),
    "mfa_login_webauthn": (ELSEWHERE, ELSEWHERE),
    "usersessions_list": (SIGNED_IN, ELSEWHERE),
}


def expected(rule, roles):
    """The status of every role under a rule."""
    *parts, default = rule.split(" | ")
    found = dict.fromkeys(roles, int(default))
    for part in parts:
        status, _space, named = part.partition(" ")
        for name in named.split():
            found |= dict.fromkeys(GROUPS.get(name, name).split(), int(status))
    return {role: found[role] for role in roles}

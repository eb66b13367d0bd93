"""From the task list of a dossier to its receipt, and the procedure's own pages."""

from django.urls import path

from filings.views import assessment, assessor, changes, confirming, dossier, procedure, scans, transfers, vault

urlpatterns = [
    path("procedures/<int:pk>/", procedure.procedure_detail, name="procedure-detail"),
    path("procedures/<int:pk>/withdraw/", procedure.procedure_withdraw, name="procedure-withdraw"),
    path("procedures/<int:pk>/change/", changes.change_detail, name="change-detail"),
    path("filings/<int:pk>/change/", changes.change_start, name="change-start"),
    path("filings/<int:pk>/transfer/", transfers.transfer_start, name="transfer-start"),
    path("transfers/<int:pk>/", transfers.transfer_detail, name="transfer-detail"),
    path("transfers/<int:pk>/refuse/", transfers.transfer_refuse, name="transfer-refuse"),
    path("filings/<int:pk>/again/", changes.filing_again, name="filing-again"),
    path("procedures/<int:pk>/findings/", procedure.finding_list, name="finding-list"),
    path("procedures/<int:pk>/later-date/", procedure.later_date, name="later-date"),
    path("findings/<int:pk>/answer/", procedure.finding_answer, name="finding-answer"),
    path("procedures/<int:pk>/dossier/", dossier.dossier_list, name="dossier-list"),
    path("procedures/<int:pk>/entity-version/", dossier.use_entity_version, name="dossier-use-version"),
    path("procedures/<int:pk>/check/", dossier.dossier_check, name="dossier-check"),
    path("procedures/<int:pk>/lock/", dossier.dossier_lock, name="dossier-lock"),
    path("procedures/<int:pk>/sign/", dossier.dossier_sign, name="dossier-sign"),
    path("procedures/<int:pk>/invite/", dossier.dossier_invite, name="dossier-invite"),
    path("procedures/<int:pk>/signed-paper/", scans.scan_list, name="scan-list"),
    path("procedures/<int:pk>/signed-paper/<int:scan>/", scans.scan_detail, name="scan-detail"),
    path("procedures/<int:pk>/submit/", dossier.dossier_submit, name="dossier-submit"),
    path("procedures/<int:pk>/receipt/<int:round>/", dossier.receipt, name="receipt"),
    path("procedures/<int:pk>/reread/<slug:section>/", procedure.section_reread, name="section-reread"),
    path("procedures/<int:pk>/test-access/", vault.vault_list, name="vault-list"),
    path("procedures/<int:pk>/test-access/<uuid:deposit>/replace/", vault.vault_replace, name="vault-replace"),
    path("procedures/<int:pk>/test-access/<uuid:deposit>/withdraw/", vault.vault_withdraw, name="vault-withdraw"),
    path("procedures/<int:pk>/assessment/", assessment.assessment, name="assessment"),
    path("procedures/<int:pk>/assessment/invite/", assessment.assessor_invite, name="assessor-invite"),
    path("procedures/<int:pk>/assessment/revoke/", assessment.assessor_revoke, name="assessor-revoke"),
    path("assessments/", assessor.assessment_list, name="assessment-list"),
    path("assessments/<int:pk>/", assessor.assessment_fill, name="assessment-fill"),
    path("assessments/<int:pk>/sign/", assessor.assessment_sign, name="assessment-sign"),
    path("assessments/accept/<slug:token>/", assessor.assessment_accept, name="assessment-accept"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("confirm/<str:token>/papers/<int:paper>/", confirming.confirm_paper, name="confirm-paper"),
]

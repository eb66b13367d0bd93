"""What follows a number: the matters of an entity, and each one's page."""

from django.urls import path

from filings.views import complaints, matters

urlpatterns = [
    path("entities/<int:pk>/matters/", matters.matter_list, name="matter-list"),
    path("matters/<int:pk>/", matters.matter_detail, name="matter-detail"),
    path("matters/<int:pk>/answer-complaint/", complaints.complaint_answer, name="complaint-answer"),
    path("matters/<int:pk>/withdraw-objection/", complaints.objection_withdraw, name="objection-withdraw"),
    path("entities/<int:pk>/objections/new/", complaints.objection_start, name="objection-start"),
]

"""What follows a number: the matters of an entity, and each one's page."""

from django.urls import path

from filings.views import complaints, incidents, inspections, matters

urlpatterns = [
    path("entities/<int:pk>/matters/", matters.matter_list, name="matter-list"),
    path("entities/<int:pk>/incidents/new/", incidents.start, {"kind": "incident"}, name="incident-start"),
    path("entities/<int:pk>/misuses/new/", incidents.start, {"kind": "misuse"}, name="misuse-start"),
    path("matters/<int:pk>/draft/", incidents.draft, name="incident-draft"),
    path("matters/<int:pk>/incident/", incidents.write, name="incident-write"),
    path("matters/<int:pk>/", matters.matter_detail, name="matter-detail"),
    path("matters/<int:pk>/questions/<int:question>/answer/", inspections.answer, name="inspection-answer"),
    path("matters/<int:pk>/answers/", inspections.hand_over, name="inspection-hand-over"),
    path("matters/<int:pk>/later-date/", inspections.later, name="inspection-later"),
    path("matters/<int:pk>/samples/", inspections.sample, name="inspection-sample"),
    path("matters/<int:pk>/correction/", inspections.correct, name="inspection-correct"),
    path("matters/<int:pk>/answer-complaint/", complaints.complaint_answer, name="complaint-answer"),
    path("matters/<int:pk>/withdraw-objection/", complaints.objection_withdraw, name="objection-withdraw"),
    path("entities/<int:pk>/objections/new/", complaints.objection_start, name="objection-start"),
]

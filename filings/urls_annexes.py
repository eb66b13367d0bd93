"""Annexes of generative services: results, columns, templates, the file with remarks."""

from django.urls import path

from filings.views import annexes

urlpatterns = [
    path("procedures/<int:pk>/annexes/", annexes.annex_list, name="annex-list"),
    path("procedures/<int:pk>/annexes/check/", annexes.annex_check, name="annex-check"),
    path("procedures/<int:pk>/annexes/<slug:annex>/", annexes.annex_detail, name="annex-detail"),
    path("procedures/<int:pk>/annexes/<slug:annex>/columns/", annexes.annex_columns, name="annex-columns"),
    path("annexes/<slug:annex>/template/<slug:form>/", annexes.annex_template, name="annex-template"),
    path("annexes/checks/<int:pk>/remarks/", annexes.annex_report, name="annex-report"),
]

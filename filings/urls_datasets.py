"""Data sets on offer, and applications for them."""

from django.urls import path

from filings.views import datasets

urlpatterns = [
    path("entities/<int:pk>/data-sets/new/", datasets.dataset_start, name="dataset-start"),
    path("matters/<int:pk>/data-set/", datasets.dataset_save, name="dataset-save"),
    path("matters/<int:pk>/data-set/withdraw/", datasets.dataset_withdraw, name="dataset-withdraw"),
    path("matters/<int:pk>/applications/", datasets.application_list, name="application-list"),
    path("applications/new/<str:reference>/", datasets.data_request_start, name="data-request-start"),
    path("applications/<int:pk>/", datasets.application_detail, name="application-detail"),
    path("matters/<int:pk>/take-back/", datasets.data_request_take_back, name="data-request-take-back"),
]

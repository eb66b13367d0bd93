from django.urls import path

from portal.opendata import views

app_name = "datasets"
urlpatterns = [
    path("data-sets/", views.dataset_list, name="list"),
    path("data-sets/<str:reference>/", views.dataset_detail, name="detail"),
]

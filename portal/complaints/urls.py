from django.urls import path

from portal.complaints import views

app_name = "complaints"
urlpatterns = [
    path("complaints/", views.statistics, name="statistics"),
    path("complaints/follow/", views.follow, name="follow"),
    path("complaints/follow/write/", views.write, name="write"),
    path("complaints/follow/withdraw/", views.withdraw, name="withdraw"),
    path("complaints/follow/forget/", views.forget, name="forget"),
    path("register/<str:number>/complaint/", views.complain, name="complain"),
    path("register/<str:number>/objection/", views.object_to, name="object"),
]

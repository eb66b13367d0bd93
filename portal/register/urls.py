from django.urls import path

from portal.register import notices, views

app_name = "register"
urlpatterns = [
    path("register/", views.register_list, name="list"),
    path("register/feed.atom", views.RecentEntries(), name="feed"),
    path("register/notices/", notices.notice_list, name="notice-list"),
    path("register/notices/<str:day>/<str:reason>/", notices.notice_detail, name="notice-detail"),
    path("register/<str:number>/", views.entry_detail, name="entry-detail"),
    path("register/<str:number>/code.svg", views.qr, name="qr"),
    path("badge/<str:number>.svg", views.badge, name="badge"),
    path("verify/", views.verify_number, name="verify"),
    path("verify/<str:number>/", views.verify_number, name="verify-number"),
]

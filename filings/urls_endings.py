"""What ends or is ordered: cancellation, the hearing before it, reports on orders."""

from django.urls import path

from filings.views import endings, orders

urlpatterns = [
    path("filings/<int:pk>/cancel/", endings.cancellation_start, name="cancellation-start"),
    path("procedures/<int:pk>/hearing/", endings.hearing, name="hearing"),
    path("matters/<int:pk>/report/", orders.order_report, name="order-report"),
    path("entities/<int:pk>/orders/", orders.penalty_list, name="penalty-list"),
]

"""What follows a number: showing it, and the calendar of what is due."""

from django.urls import path

from filings.views import calendar, confirmations, displays

urlpatterns = [
    path("filings/<int:pk>/number/", displays.number_show, name="number-show"),
    path("filings/<int:pk>/number/<int:display>/", displays.display_change, name="display-change"),
    path("entities/<int:pk>/calendar/", calendar.calendar, name="calendar"),
    path("entities/<int:pk>/calendar/feed/", calendar.feed_make, name="calendar-feed-make"),
    path("entities/<int:pk>/calendar/feed/revoke/", calendar.feed_revoke, name="calendar-feed-revoke"),
    path("calendars/<slug:token>.ics", calendar.feed, name="calendar-feed"),
    path("matters/<int:pk>/confirm/", confirmations.confirmation_declare, name="confirmation-declare"),
]

"""Stage plan, calendar, templates, deliveries."""

"""What the desk's templates need beside the shared components."""

from django import template

register = template.Library()


@register.filter
def late(left: int) -> int:
    """Working days overdue, from a negative number of days left."""
    return -left

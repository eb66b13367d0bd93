"""An invented portal in full swing, made through the rules that a user's clicks run.

`build` plays some forty filings by a dozen invented entities over the last two years, one
step after another in the order of time, all in one transaction: it is there whole or not
at all. Nothing is inserted behind the rules, so every row has its events and every guard
of the database has looked at it.
"""

from portal.demonstration.building import AlreadyThere, build, is_there
from portal.demonstration.people import PASSWORD, sign_ins

__all__ = ["PASSWORD", "AlreadyThere", "build", "is_there", "sign_ins"]

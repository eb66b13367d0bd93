"""Annexes that a machine checks: tables read row by row, counted against the thresholds of a rule set.

Pure: no database, no request, no settings. ``checking.check`` reads a file once and gives an
``Outcome``; ``remarks.write`` gives the same file back with what was found beside each row.
"""

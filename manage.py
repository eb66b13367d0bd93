#!/usr/bin/env python
"""Runs Django's commands; without DATABASE_URL the embedded server is found or started first."""

import os
import sys

WITHOUT_DATABASE = {"help", "--help", "-h", "version", "--version", "makemessages", "compilemessages", "collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE:
        from portal import embedded

        if embedded.ensure_running_unless_configured():
            os.environ["EMBEDDED_SERVER_STARTED"] = "yes"  # quickstart stops what was started for it
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

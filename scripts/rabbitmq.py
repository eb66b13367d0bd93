"""Prints where the program of a RabbitMQ server is; installs it from the system's packages where it may."""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import system_packages

PACKAGE = "rabbitmq-server"
# The program itself: what some systems put on the PATH changes to a user of its own first.
PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def program() -> str | None:
    return str(PROGRAM) if PROGRAM.exists() else shutil.which(PACKAGE)


def main() -> None:
    found = program()
    if not found:
        system_packages.install([PACKAGE])
        found = program()
    if not found:
        sys.exit(
            "This test needs RabbitMQ. Install it with the system's packages, for example:\n"
            f"  sudo apt-get install {PACKAGE}\n"
            "It need not run: the test starts a server of its own, and stops it."
        )
    print(found)


if __name__ == "__main__":
    main()

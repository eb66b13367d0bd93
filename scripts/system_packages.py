"""Finds the browser, the word processor and the Chinese fonts that tests need; installs them where it may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from filings import fonts

OFFICES = ("soffice", "libreoffice")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """The browser that journeys drive: CHROMIUM, or the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def office() -> str | None:
    """The word processor that opens our DOCX without a screen: SOFFICE, or the first on the PATH."""
    named = os.environ.get("SOFFICE")
    return named or next((path for name in OFFICES if (path := shutil.which(name))), None)


def missing() -> list[str]:
    packages = [] if browser() else ["chromium"]
    packages += [] if office() else ["libreoffice-writer-nogui"]
    installed = [folder for folder in fonts.SYSTEM_FONTS if folder.is_dir()]
    names = {file.stem for folder in installed for file in folder.rglob("*")}
    return packages if names & set(fonts.FAMILIES) else [*packages, "fonts-noto-cjk"]


def install(packages: list[str]) -> None:
    """With apt where we may; what it says goes to the standard error, and whether it worked is asked afterwards."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing from the system's packages: {' '.join(packages)} …", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-qy", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)


def main() -> None:
    packages = missing()
    if packages:
        install(packages)
        packages = missing()
    if packages:
        sys.exit(
            f"The tests need {' and '.join(packages)}. Install with the system's packages, for example:\n"
            f"  sudo apt-get install {' '.join(packages)}\n"
            "or name what is elsewhere: CHROMIUM=/path/to/chromium SOFFICE=/path/to/soffice make test"
        )


if __name__ == "__main__":
    main()

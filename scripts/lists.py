"""make lists: import a folder of official lists into a scratch database and account for every row."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

sys.exit(subprocess.call([sys.executable, str(ROOT / "manage.py"), "check_lists", *sys.argv[1:]], cwd=ROOT))

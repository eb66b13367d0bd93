import sys

from tests.house.commands import run


def test_no_module_function_or_template_is_far_over_the_houses_sizes():
    done = run(sys.executable, "scripts/sizes.py")
    assert done.returncode == 0, done.stdout + done.stderr

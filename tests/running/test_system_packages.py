"""What tests need of the system is named plainly where it may not be installed."""

import sys

from tests.house.commands import run

NOWHERE = """
import pathlib, sys
sys.path.insert(0, "scripts")
import rabbitmq
rabbitmq.PROGRAM = pathlib.Path("/nowhere")
rabbitmq.main()
"""


def test_a_missing_rabbitmq_ends_with_what_to_install_and_fails():
    ended = run(sys.executable, "-c", NOWHERE, env={"PATH": "/nowhere"})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "sudo apt-get install rabbitmq-server" in ended.stderr

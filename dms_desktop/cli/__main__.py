"""`python -m dms_desktop.cli`: the same as `dms`."""

from dms_desktop.cli.main import run

run()

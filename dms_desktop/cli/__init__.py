"""The command line: every job that a machine or a person at a prompt would run, as `dms VERB`."""

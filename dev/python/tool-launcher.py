"""Runs a program of the virtual environment: `python tool-launcher.py PROGRAM ARGUMENTS`.

The AWS CLI looks for its data in its own folder by a path in which it replaces variables of the environment. Where the
path of the project has a `$`, that leads elsewhere: here a path of the virtual environment stays as it is.
"""

import os
import runpy
import sys

expandvars = os.path.expandvars


def expand_foreign_variables(path):
    text = os.fspath(path)
    return path if isinstance(text, str) and text.startswith(sys.prefix) else expandvars(path)


os.path.expandvars = expand_foreign_variables
sys.argv = sys.argv[1:]
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")

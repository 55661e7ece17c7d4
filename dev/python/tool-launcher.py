"""Runs a program of the virtual environment: `python tool-launcher.py PROGRAM ARGUMENTS`.

The AWS CLI replaces environment variables in the path of its own data folder. If the path of the project contains a
`$`, it would look in another folder. This launcher leaves every path of the virtual environment unchanged.
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

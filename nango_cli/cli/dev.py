"""`nango dev`."""

from __future__ import annotations

import typer

from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, Result
from nango_cli.cli.session import Session


def dev(context: typer.Context, directory: Directory = None, format: Result = ResultFormat.text) -> int:
    """Do what compile does, again after every change.

    While something is broken the files that were generated last stay. With `--format json` every outcome is one line.
    Ctrl-C ends it, with status 0.

    \b
    Example:
      nango dev
    """
    import gc
    import threading

    from nango_cli import workspace
    from nango_cli.cli.dev_view import DevView
    from nango_cli.watch import Watch

    session: Session = context.obj
    folder = workspace.find(session.start(directory), session.cwd)
    view = DevView(session, folder, json=format is ResultFormat.json)
    gc.enable()  # unlike other commands this one goes on
    try:
        for built in Watch(folder).builds(threading.Event()):
            view.show(built)
    except KeyboardInterrupt:
        session.console.say("\nstopped")
    return 0

"""Texts from templates. They lay out, and decide nothing: every value they show is made here in Python."""

from __future__ import annotations

from nango_cli.resources import read_text


def render(name: str, **values: object) -> str:
    """The text of `templates/<name>.jinja` with its holes filled; a hole without a value is a bug of ours."""
    import jinja2  # slow to import, and no other command needs it

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)
    return environment.from_string(read_text(f"templates/{name}.jinja")).render(values)

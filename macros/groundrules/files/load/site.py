"""The reader of ``mkdocs.yml``, which is written for mkdocs: it may hold all that YAML has, and tags of its own."""

from __future__ import annotations

import os
from typing import Any

import yaml

from ...model.site import Setting
from .file import File

# A function that the settings name begins with this.
PYTHON_NAME = "tag:yaml.org,2002:python/name:"


def read_site(file: File) -> Setting | None:
    """The settings in ``file``; ``None`` where it is no YAML."""
    try:
        node = yaml.compose(file.text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it is not YAML"
        file.problem(mark.line + 1 if mark else 1, "broken-yaml", f"mkdocs cannot read this: {said}.")
        return None
    return _setting(node, file.where) if node is not None else Setting({}, file.where)


def _setting(node: yaml.Node, file: str) -> Setting:
    return Setting(_value(node, file), file, _line(node))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _value(node: yaml.Node, file: str) -> Any:
    if node.tag == "!ENV":
        return _from_environment(node)
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): Setting(_value(below, file), file, _line(key)) for key, below in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_setting(below, file) for below in node.value]
    if node.tag in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"):
        return yaml.SafeLoader("").construct_object(node)
    if node.tag.startswith(PYTHON_NAME):
        return node.tag
    return node.value


def _from_environment(node: yaml.Node) -> Any:
    """What ``!ENV NAME`` or ``!ENV [NAME, OTHER, value]`` stands for."""
    names = [one.value for one in node.value] if isinstance(node, yaml.SequenceNode) else [node.value]
    given = [os.environ[name] for name in names if name in os.environ]
    return given[0] if given else names[-1] if len(names) > 1 else None

"""Signatures for typer: groups of shared options spread out, and the fields of a task's options made into options."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
import yaml

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from summarizer.schemas.evidence import TaskOptions

SHORT = {"language": "--lang"}
"""What an option is called beside its field's name."""
VALUES: dict[Any, str] = {int: "N", float: "N", str: "TEXT", Path: "FILE"}


def spread(function: Callable[..., None], models: Sequence[type[TaskOptions]] = ()) -> Callable[..., None]:
    """`function` with each parameter whose type is a dataclass of options in their place, one by one.

    Its parameter `wanted` becomes an option for each field of `models`; what is given reaches it as a mapping, as the
    models take it.
    """
    groups: dict[str, tuple[Any, list[str]]] = {}
    parameters: list[Parameter] = []
    own_place = 0
    for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
        if dataclasses.is_dataclass(parameter.annotation):
            own = list(_members(parameter.annotation))
            groups[name] = (parameter.annotation, [one.name for one in own])
            parameters += own
        elif name == "wanted":
            own_place = len(parameters)
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))
    fields = {name: info for model in models for name, info in model.model_fields.items()}
    taken = {name.lstrip("-") for one in parameters for name in _names(one)}
    asked = [_option(name, info, f"task_{name}" if name in taken else name) for name, info in fields.items()]
    parameters[own_place:own_place] = asked
    for one in parameters:
        _name_value(one)

    def command(**given: Any) -> None:
        gathered = {name: group(**{one: given.pop(one) for one in own}) for name, (group, own) in groups.items()}
        if models:
            chosen = {name: given.pop(name) for name in fields}
            gathered["wanted"] = _values(chosen, fields)
        function(**given, **gathered)

    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    command.__name__, command.__doc__ = function.__name__, function.__doc__
    return command


def _name_value(parameter: Parameter) -> None:
    """Say in help what a value is, in a word: `N`, `FILE`, `TEXT`."""
    bare = _bare(parameter.annotation)
    kind = get_args(bare)[0] if get_origin(bare) is list else bare
    for info in parameter.annotation.__metadata__:
        info.metavar = info.metavar or VALUES.get(kind)


def _members(group: Any) -> Iterator[Parameter]:
    hints = get_type_hints(group, include_extras=True)
    for field in dataclasses.fields(group):
        yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])


def _names(parameter: Parameter) -> Iterator[str]:
    """What a parameter is called in Python and on the command line."""
    yield parameter.name
    for info in getattr(parameter.annotation, "__metadata__", ()):
        yield from info.param_decls or ()


def _option(name: str, info: FieldInfo, called: str) -> Parameter:
    kind = _kind(name, info.annotation)
    how: dict[str, Any] = {
        "help": info.description or "",
        "show_default": False if info.default is None or info.is_required() else str(info.default),
    }
    if kind in (int, float):
        how |= {"min": _bound(info, "ge", "gt"), "max": _bound(info, "le", "lt")}
    flags = [f"--{called.replace('_', '-')}", *([SHORT[name]] if called in SHORT else [])]
    annotation: Any = Annotated[kind | None, typer.Option(*flags, **how)]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _bound(info: FieldInfo, *names: str) -> float | None:
    found = (getattr(one, name, None) for one in info.metadata for name in names)
    return next((one for one in found if one is not None), None)


def _kind(name: str, annotation: Any) -> Any:
    bare = _bare(annotation)
    if bare in (int, float, bool):
        return bare
    if get_origin(bare) is Literal:
        return StrEnum(name, {str(one): str(one) for one in get_args(bare)})
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return bare
    return list[str] if get_origin(bare) in (list, tuple) else str


def _bare(annotation: Any) -> Any:
    """The annotation without null beside it and without what is said about it."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        others = [one for one in get_args(annotation) if one is not type(None)]
        return _bare(others[0]) if len(others) == 1 else others
    return annotation


def _values(given: Mapping[str, Any], fields: Mapping[str, FieldInfo]) -> dict[str, Any]:
    return {name: _value(one, _bare(fields[name].annotation)) for name, one in given.items() if one not in (None, [])}


def _value(given: Any, bare: Any) -> Any:
    if isinstance(given, StrEnum):
        return given if isinstance(bare, type) else str(given)
    if isinstance(given, list):
        return given if get_origin(bare) is list else tuple(given)
    return plain(given) if isinstance(given, str) and isinstance(bare, list) else given


def plain(text: str) -> str | int | float | bool | None:
    """Text as the front matter of a prompt would read it: `3` is a number, `true` a truth value."""
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    return read if isinstance(read, (str, int, float, bool, type(None))) else text

"""The `Room` class: everything a room registers with Django and Wagtail, in `registration.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise


class Check(NamedTuple):
    """A system check.

    Attributes:
        run: the check function.
        tags: from `django.core.checks.Tags`.
        deploy: whether only `check --deploy` runs it.
    """

    run: Callable[..., Any]
    tags: tuple[str, ...] = ()
    deploy: bool = False


class LogAction(NamedTuple):
    """A log action, in the history of a record and of the site.

    Attributes:
        name: begins with `socialekaart.`.
        label: its name in filters.
        message: its text in the history.
    """

    name: str
    label: str | Promise
    message: str | Promise


class MenuEntry(NamedTuple):
    """An entry in the menu of the sociale kaart.

    Attributes:
        order: position among the entries of all rooms.
        viewset: a viewset or a group of viewsets.
    """

    order: int
    viewset: type


class Setting(NamedTuple):
    """A Wagtail setting, with a screen under Settings.

    Attributes:
        model: a `BaseSiteSetting` or `BaseGenericSetting`.
        icon: the name of its icon.
    """

    model: type[Model]
    icon: str


def _nothing() -> None:
    """Do nothing at start."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """Everything a room registers; each `registration.py` defines one as `ROOM`.

    Attributes:
        ready: called at start, lower rooms first.
        checks: its system checks.
        menu: its entries in the menu of the sociale kaart.
        registers: its `RegisterAdmin` classes, at the end of that menu.
        settings: its screens under Settings.
        log_actions: its log actions.
        permissions: codenames that groups can get, besides those of its viewsets.
        bulk_actions: its bulk actions; higher rooms can replace one by using its name.
        dashboard_panels: functions that add panels to the admin home page.
        hooks: other Wagtail hooks, as pairs of name and function.
        admin_css: static paths of stylesheets for all admin screens.
        admin_urls: its URLs in the admin.
        urls: its public URLs, which the site includes.
    """

    ready: Callable[[], None] = _nothing
    checks: tuple[Check, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    registers: tuple[type, ...] = ()
    settings: tuple[Setting, ...] = ()
    log_actions: tuple[LogAction, ...] = ()
    permissions: tuple[str, ...] = ()
    bulk_actions: tuple[type, ...] = ()
    dashboard_panels: tuple[Callable[..., None], ...] = ()
    hooks: tuple[tuple[str, Callable[..., Any]], ...] = ()
    admin_css: tuple[str, ...] = ()
    admin_urls: tuple[URLPattern, ...] = ()
    urls: tuple[URLPattern | URLResolver, ...] = ()

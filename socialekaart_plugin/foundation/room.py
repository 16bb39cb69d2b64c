"""What a room registers with Django and Wagtail; the doors of the app loop over this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise


class Check(NamedTuple):
    """A system check.

    Attributes:
        run: as Django calls it.
        tags: of `django.core.checks.Tags`.
        deploy: whether only `check --deploy` runs it.
    """

    run: Callable[..., Any]
    tags: tuple[str, ...] = ()
    deploy: bool = False


class LogAction(NamedTuple):
    """An action in the history of a record and in the site history.

    Attributes:
        name: begins with `socialekaart.`.
        label: what one can filter on.
        message: what a line of the history says.
    """

    name: str
    label: str | Promise
    message: str | Promise


class MenuEntry(NamedTuple):
    """A place in the menu of the sociale kaart.

    Attributes:
        order: counts over all rooms.
        viewset: a viewset or a group of viewsets.
    """

    order: int
    viewset: type


class Setting(NamedTuple):
    """A screen under Settings.

    Attributes:
        model: a `BaseSiteSetting` or `BaseGenericSetting`.
        icon: the name of its icon.
    """

    model: type[Model]
    icon: str


def _nothing() -> None:
    """Start nothing."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """Everything that one room registers; each `registration.py` holds one, named `ROOM`.

    Attributes:
        ready: what it connects at start; rooms that lie lower start first.
        checks: its system checks.
        menu: its entries in the menu of the sociale kaart.
        registers: its `RegisterAdmin` classes, which end that menu.
        settings: its screens under Settings.
        log_actions: the names of what it logs.
        permissions: codenames of permissions that groups can get beside those of its viewsets.
        bulk_actions: its actions on many rows; one in a higher room replaces one of the same name.
        dashboard_panels: functions that add a panel to the home page of the admin.
        hooks: other hooks of Wagtail, each with the name of the hook.
        admin_css: static paths of stylesheets for every screen of the admin.
        admin_urls: addresses of its own in the admin.
        urls: public addresses, for a site to include.
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

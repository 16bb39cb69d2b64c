"""The registers and logs that colleagues read in the admin: what an address may ask of them."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail_modeladmin.helpers import AdminURLHelper, DjangoORMSearchHandler, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from .search_words import MOST_WORDS


class ReadOnlyPermissionHelper(PermissionHelper):
    """Who may see the register may look and export; nobody may write in it."""

    def user_can_list(self, user: Any) -> bool:
        """Allow with the permission to view."""
        return bool(self.user_has_specific_permission(user, self.get_perm_codename("view")))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        """Allow with the permission to view."""
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        """Never: the site writes the register."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Never: a line once written stays."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Never: a line once written stays."""
        return False

    def user_can_copy_obj(self, user: Any, obj: Any) -> bool:
        """Never: the site writes the register."""
        return False


class FewWordsSearchHandler(DjangoORMSearchHandler):
    """Looks for each word; a database takes no query of some hundreds."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        """Leave out what does not hold the first words."""
        few = " ".join(search_term.split()[:MOST_WORDS])
        return super().search_queryset(queryset, few, **kwargs)


class NearestPagePaginator(WagtailPaginator):
    """Gives the first page for what is no number, and the last for a number that is too high."""

    def validate_number(self, number: Any) -> int:
        """Return the number of a page that is there."""
        try:
            return int(super().validate_number(number))
        except PageNotAnInteger:
            return 1
        except EmptyPage:
            return self.num_pages if int(number) > 1 else 1


class RegisterIndexView(IndexView):
    """A list that looks at its own filters, search, order, page and export, and at nothing else.

    wagtail-modeladmin (2.5) hands every other parameter to the database as a lookup, whichever
    tables it runs through: `?user__password__startswith=` asks for the password of a colleague.
    """

    paginator_class = NearestPagePaginator
    #: What the address asks, in so far as it is read.
    params: QueryDict

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list; of a filter that cannot be read, show all and say so."""
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except (IncorrectLookupParameters, OverflowError):
            # The second: a moment near the year 1 or 9999, which SQLite is to be told in UTC.
            messages.warning(
                request, _("One of the filters could not be read, so the list shows everything.")
            )
            return redirect(self.index_url)
        return response

    def get_filters(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return the filters with what was asked of them; the rest of the address is not read."""
        read = {*self._filter_parameters(request), *self.IGNORED_PARAMS}
        self.params = self.params.copy()
        for name in set(self.params) - read:
            del self.params[name]
        if any("\0" in value for _name, values in self.params.lists() for value in values):
            raise IncorrectLookupParameters
        try:
            filters: tuple[Any, ...] = super().get_filters(request)
        except (ValueError, ValidationError) as error:
            raise IncorrectLookupParameters from error
        return filters

    def _filter_parameters(self, request: HttpRequest) -> set[str]:
        """Return the names of the parameters that the filters of this list read."""
        asked, self.params = self.params, QueryDict()
        try:
            filters = super().get_filters(request)[0]
        finally:
            self.params = asked
        return {name for each in filters for name in each.expected_parameters()}


class RegisterURLHelper(AdminURLHelper):
    """Addresses of lines by their number; anything else is an address that is not there."""

    def _get_object_specific_action_url_pattern(self, action: str) -> str:
        # The key of a line is a number of at most 18 digits: more is no bigint.
        return rf"^{self.base_url_path}/{action}/(?P<instance_pk>[0-9]{{1,18}})/$"


class RegisterAdmin(ModelAdmin):
    """The one base of every register that wagtail-modeladmin shows; a test holds us to it."""

    index_view_class = RegisterIndexView
    url_helper_class = RegisterURLHelper
    permission_helper_class = ReadOnlyPermissionHelper
    search_handler_class = FewWordsSearchHandler
    history_view_enabled = False

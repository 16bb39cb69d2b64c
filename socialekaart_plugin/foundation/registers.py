"""Base admin classes for read-only registers and logs, which ignore unknown URL parameters."""

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
    """Allows viewing and exporting; nobody can change anything."""

    def user_can_list(self, user: Any) -> bool:
        """Require the view permission."""
        return bool(self.user_has_specific_permission(user, self.get_perm_codename("view")))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        """Require the view permission."""
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        """Never: only the application writes."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Never: rows are permanent."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Never: rows are permanent."""
        return False

    def user_can_copy_obj(self, user: Any, obj: Any) -> bool:
        """Never: only the application writes."""
        return False


class FewWordsSearchHandler(DjangoORMSearchHandler):
    """Limits the number of search words, because databases limit the size of a query."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        """Search for the first words only."""
        few = " ".join(search_term.split()[:MOST_WORDS])
        return super().search_queryset(queryset, few, **kwargs)


class NearestPagePaginator(WagtailPaginator):
    """Returns the first page for an invalid number, and the last for a number too high."""

    def validate_number(self, number: Any) -> int:
        """Return an existing page number."""
        try:
            return int(super().validate_number(number))
        except PageNotAnInteger:
            return 1
        except EmptyPage:
            return self.num_pages if int(number) > 1 else 1


class RegisterIndexView(IndexView):
    """A list that reads only its own filters, search, order, page and export parameters.

    wagtail-modeladmin (2.5) uses every other parameter as a lookup, even across tables. So
    `?user__password__startswith=` would reveal the password hash of a colleague.
    """

    paginator_class = NearestPagePaginator
    #: The parameters of the URL that are read.
    params: QueryDict

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list; an invalid filter redirects to the unfiltered list with a warning."""
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except (IncorrectLookupParameters, OverflowError):
            # OverflowError: a datetime near year 1 or 9999, which SQLite needs in UTC.
            messages.warning(
                request, _("One of the filters could not be read, so the list shows everything.")
            )
            return redirect(self.index_url)
        return response

    def get_filters(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return the filters, and discard unknown parameters."""
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
        """Return the parameter names of the filters."""
        asked, self.params = self.params, QueryDict()
        try:
            filters = super().get_filters(request)[0]
        finally:
            self.params = asked
        return {name for each in filters for name in each.expected_parameters()}


class RegisterURLHelper(AdminURLHelper):
    """URLs with numeric keys; other keys are not found."""

    def _get_object_specific_action_url_pattern(self, action: str) -> str:
        # At most 18 digits: more does not fit a bigint.
        return rf"^{self.base_url_path}/{action}/(?P<instance_pk>[0-9]{{1,18}})/$"


class RegisterAdmin(ModelAdmin):
    """The base class of all registers in wagtail-modeladmin; a test enforces this."""

    index_view_class = RegisterIndexView
    url_helper_class = RegisterURLHelper
    permission_helper_class = ReadOnlyPermissionHelper
    search_handler_class = FewWordsSearchHandler
    history_view_enabled = False

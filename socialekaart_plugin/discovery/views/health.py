"""The health check of search, for monitoring."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from socialekaart_plugin.discovery.health import SearchHealth, Status, search_health


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Return the health of search as JSON; status 200 while search works, 424 otherwise.

    Status and engine are public; details are for users with access to the admin. Neither holds an
    address, account or key of a server.
    """
    found = search_health()
    details: dict[str, Any] = {"status": found.status, "engine": found.engine}
    if found.status == Status.DOWN:
        # Without the database the user is unknown.
        return JsonResponse(details, status=HTTPStatus.FAILED_DEPENDENCY)
    # A site with a separate admin may have no accounts.
    user = getattr(request, "user", None)
    if user is not None and user.has_perm("wagtailadmin.access_admin"):
        details |= _details(found)
    return JsonResponse(details)


def _details(found: SearchHealth) -> dict[str, Any]:
    details: dict[str, Any] = {"documents": found.documents, "changes": found.changes}
    index = found.index
    if index is None:
        return details
    trouble = index.trouble
    return details | {
        "breaker": "open" if trouble else "closed",
        "trouble": trouble.reason if trouble else "",
        "trouble_since": trouble.since.isoformat() if trouble else None,
        "index": {
            "name": index.index,
            "documents": index.documents,
            "synced_to": index.synced_to,
            "behind": found.behind,
            "behind_since": found.behind_since.isoformat() if found.behind_since else None,
            "server": index.server,
        },
    }

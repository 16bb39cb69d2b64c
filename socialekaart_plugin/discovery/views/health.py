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

    Anyone is told whether it works and what answers; who may enter the admin is told the rest. No
    address, account or key of a server is in either.
    """
    found = search_health()
    told: dict[str, Any] = {"status": found.status, "engine": found.engine}
    if found.status == Status.DOWN:
        # Who asks is not known without the database.
        return JsonResponse(told, status=HTTPStatus.FAILED_DEPENDENCY)
    # A site with a separate admin may have no accounts.
    user = getattr(request, "user", None)
    if user is not None and user.has_perm("wagtailadmin.access_admin"):
        told |= _details(found)
    return JsonResponse(told)


def _details(found: SearchHealth) -> dict[str, Any]:
    told: dict[str, Any] = {"documents": found.documents, "changes": found.changes}
    index = found.index
    if index is None:
        return told
    trouble = index.trouble
    return told | {
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

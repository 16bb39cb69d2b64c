"""The `meta` part of search responses: counts, corrections, explanations and other suggestions."""

from typing import Any

from socialekaart_plugin.discovery.search import Found, SearchRequest, SearchResults


def list_meta(request: SearchRequest, results: SearchResults) -> dict[str, Any]:
    """Return `meta` of a list: total, requested facet counts, and remarks about the search.

    Empty parts are left out, except the total and the counts.
    """
    plan = results.plan
    said = {
        "corrections": [
            {"typed": each.typed, "corrected": each.corrected} for each in results.corrections
        ],
        "times": plan.when_text,
        "relaxations": [
            {
                "kind": each.kind,
                "name": each.name,
                "value": each.value,
                "label": each.label,
                "total_count": each.total,
            }
            for each in results.relaxations
        ],
        "questions": [
            {
                "slug": each.slug,
                "short_id": each.short_id,
                "name": each.name,
                "explanation": each.explanation,
                "total_count": each.count,
            }
            for each in results.questions
        ],
    }
    meta: dict[str, Any] = {"total_count": results.total}
    if request.counted:
        meta["facets"] = _facets(request, results)
    if request.explain:
        said["plan"] = [{"step": each.step, "detail": each.detail} for each in plan.trace]
    return meta | {name: value for name, value in said.items() if value}


def item_meta(found: Found, *, explain: bool) -> dict[str, Any]:
    """Return the part of an item's `meta` that depends on the search."""
    meta: dict[str, Any] = {}
    if found.distance is not None:
        meta["distance"] = round(found.distance)
    if explain:
        meta["explanation"] = list(found.explanation)
    return meta


def _facets(request: SearchRequest, results: SearchResults) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {
                "value": option.value,
                "name": option.name,
                "depth": option.depth,
                "count": option.count,
            }
            for option in results.options.get(name, ())
        ]
        for name in request.counted
    }

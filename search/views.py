"""View of the site search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from search.query import LONGEST_QUESTION, question_of
from search.sections import SECTIONS
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.selectors import audience_for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the results for the words in `q`, one section per kind of result."""
    question = question_of(request.GET)
    sections = [section(request, question) for section in SECTIONS] if question.words else []
    response = render(
        request,
        "search/search.html",
        {
            "question": question.text,
            "longest_question": LONGEST_QUESTION,
            "words": question.words,
            "sections": sections,
            "total": sum(section.total for section in sections),
        },
    )
    if audience_for(request.user) != Audience.PUBLIC:
        # Responses with referrer facts stay out of shared caches.
        patch_cache_control(response, private=True)
    return response

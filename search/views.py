"""The screen of the site search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.query import LONGEST_QUESTION, words_of
from search.sections import SECTIONS


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the site has on the words in `q`, one section a kind of result."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    words = words_of(question)
    sections = [section(request, words) for section in SECTIONS] if words else []
    return render(
        request,
        "search/search.html",
        {
            "question": question,
            "longest_question": LONGEST_QUESTION,
            "words": words,
            "sections": sections,
            "total": sum(section.total for section in sections),
        },
    )

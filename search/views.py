"""The screen of the site search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.query import LONGEST_QUESTION, question_of
from search.sections import SECTIONS


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the site has on the words in `q`, one section a kind of result."""
    question = question_of(request.GET)
    sections = [section(request, question) for section in SECTIONS] if question.words else []
    return render(
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

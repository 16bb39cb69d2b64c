"""When things happen: sessions that come back, opening hours, exceptions, and the sentence for it.

In: rules from forms or JSON, and the moment to look from. Out: dates, moments,
"open now", a sentence in Dutch or English. Plain Python: imports no Django, no Wagtail, no other
room, and never reads the clock.
"""

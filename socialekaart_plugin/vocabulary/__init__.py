"""The words that records are described by: themes, target groups, keywords; their order.

In: what colleagues name, move and merge. Out: words, in order; `word_saved` and `word_deleted` tell
the gate. What uses words registers in `word_users`. May import places, timetable, language,
foundation.
"""

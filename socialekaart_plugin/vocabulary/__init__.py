"""The words that describe records: themes, target groups and keywords, and their order.

In: words that colleagues name, move and merge. Out: ordered words; `word_saved` and `word_deleted`
notify the gate. Code that uses words registers in `word_users`. May import places, timetable,
language and foundation.
"""

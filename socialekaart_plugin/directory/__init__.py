"""Records: organisations and activities, and the help questions that group them.

In: content that editors (later also imports and suggestions) write. Out: drafts, live records and
upkeep facts; `record_saved` and `record_deleted` notify the gate. May import vocabulary, places,
timetable, language and foundation; never publication, moderation or a channel.
"""

"""The record: organisations and activities, and the help questions that gather them.

In: what editors (and later imports and suggestions) write. Out: drafts, live records, upkeep
facts; `record_saved` and `record_deleted` tell the gate. May import vocabulary, places, timetable,
language and foundation; never publication, moderation or a channel.
"""

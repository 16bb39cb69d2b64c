"""The record: organisations and activities, and the words they are found by.

In: what editors (and later imports and suggestions) write. Out: drafts, live records, upkeep
facts; `record_saved` and `record_deleted` tell the gate. May import places, timetable, partners
and foundation; never publication, moderation or a channel.
"""

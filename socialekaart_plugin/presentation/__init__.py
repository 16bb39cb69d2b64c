"""Turns a public record into words, for every channel and for mail.

In: payloads of `publication` as of today, and plain values: a moment, school holidays, a distance,
text to highlight. Out: dataclasses with text in the active language; for another language use
`django.utils.translation.override`. Never searches, never sees a request. May not import
`discovery`, a channel, `moderation`, nor the models of `directory` and `places`.
"""

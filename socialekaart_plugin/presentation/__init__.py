"""What a public record looks like in words, for every channel and mail.

In: payloads of `publication` as of today, and plain values: a moment, school holidays, a distance,
what to highlight. Out: dataclasses of words in the active language; for another one use
`django.utils.translation.override`. Never searches, never sees a request. May not import
`discovery`, a channel, `moderation`, nor the models of `directory` and `places`.
"""

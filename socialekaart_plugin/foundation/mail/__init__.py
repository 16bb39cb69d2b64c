"""Mail that never breaks or delays the work it tells of; what did not leave is kept and shown.

In: messages, by Django's e-mail backend `backend.EmailBackend`. Out: the same messages, after the
transaction, by the backend that the site sends with. May import nothing but its neighbours in
foundation.
"""

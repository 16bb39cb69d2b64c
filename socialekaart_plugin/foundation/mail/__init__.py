"""Sends mail in the background after the transaction; failed mail is stored and shown to managers.

In: messages, through the Django e-mail backend `backend.EmailBackend`. Out: the same messages,
through the backend that the site configured. May import only modules in foundation.
"""

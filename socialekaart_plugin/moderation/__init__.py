"""Approval of drafts: the groups, their permissions and the workflow.

In: submitted drafts. Out: approved drafts, through Wagtail's workflow. May import directory, places
foundation; never publication.
"""

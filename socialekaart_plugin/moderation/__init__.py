"""Who approves: the groups, their permissions and the workflow.

In: submitted drafts. Out: approved ones, by Wagtail's workflow. May import directory, places and
foundation; never publication.
"""

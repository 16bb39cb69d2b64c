"""Limits of a query plan, which bound the cost of any query."""

#: Characters of the text.
QUERY_MAX_LENGTH = 200
#: Words, without stop words.
QUERY_MAX_WORDS = 12
#: Alternatives of one clause.
MOST_ALTERNATIVES = 24
#: Tokens in a whole plan.
MOST_TOKENS = 120
#: Help questions in a plan.
MOST_QUESTIONS = 3
#: Words in a synonym; longer ones are ignored.
MOST_TERM_WORDS = 6

"""How much of a query is looked at, so that no query costs much more than another."""

#: Characters of what was typed; nobody types more.
QUERY_MAX_LENGTH = 200
#: Words that say something; stop words are not counted.
QUERY_MAX_WORDS = 12
#: Alternatives of one clause.
MOST_ALTERNATIVES = 24
#: Tokens in a whole plan.
MOST_TOKENS = 120
#: Help questions that a plan leads to.
MOST_QUESTIONS = 3
#: Words in one synonym; longer ones are not read.
MOST_TERM_WORDS = 6

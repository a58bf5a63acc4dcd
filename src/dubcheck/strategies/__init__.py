"""Hypothesis strategies that know the documented rules: plural nouns, one broken rule each.

A strategy without further words draws what every sane reading of the documents accepts; one named
with a broken rule draws what they all refuse; "disputed" and "doubtful" draw what is open.
Nothing here sends a request or judges an answer.
"""

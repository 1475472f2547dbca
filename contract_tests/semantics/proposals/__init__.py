"""How a file of semantics is proposed for a contract that has none, from names and shapes.

`shapes` reads schemas, `samples` makes values, `places` finds records in answers, `paths` groups
operations; `resources` and `lists` draw the two halves of the file, `writing` puts them into YAML.
What cannot be told from a contract is left out and said in a comment, never guessed.
"""

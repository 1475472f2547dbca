"""Mocks of real documents: how many start, how many answers are right, how many lives are whole.

`python -m benchmarks.corpus DIRECTORY` puts mocks of all documents in a directory to the test,
`--peers` other mock servers beside this one. docs/corpus.md says how, and what was found.
"""

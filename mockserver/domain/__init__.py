"""The business: records of one simulated company and the verbs that change them.

Nothing that knows HTTP, JSON envelopes, a web library or a settings file may enter; the rooms
below (store, clock, ids, errors) are all it sees, and it never waits.
"""

"""What is held against the contract, one pack for each kind of promise.

Nothing enters that starts a server or prints a report: packs get a target and a plan.
"""

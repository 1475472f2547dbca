"""The contract itself: that it is valid, that its examples and links hold, that tools load it.

Nothing enters that needs a server.
"""

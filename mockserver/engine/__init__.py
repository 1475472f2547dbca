"""The generic mock: answers for any document that nobody wrote handlers for.

It may know what a document says and where state lies, never the business (`domain`) or HTTP.
"""

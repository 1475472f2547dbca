"""The edge: bytes come in, a call to a handler goes through, bytes go out.

With `app.py` the only room that knows Connexion and Starlette. No business rule may enter, and
nothing here decides what a path means: the contract does.
"""

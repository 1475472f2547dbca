"""How fast, against peers and against the bare server, and whether it stays so.

`python -m benchmarks compare` measures every contender that is installed, `python -m benchmarks
regression` holds this server to the ratios in `ratios.json`, `python -m benchmarks.soak` looks for
what grows. `store.py` and `worlds.py` are scripts of their own, without a server.
"""

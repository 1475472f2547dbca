"""The faults themselves: each function gives a changed version of one function of the server."""

"""The whole contract served a second time: another store, other ids, no code of `mockserver`."""

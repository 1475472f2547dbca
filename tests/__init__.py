"""Our own tests, room by room; a file is a promise, a name is a sentence."""

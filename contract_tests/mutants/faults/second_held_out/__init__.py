"""The mistakes of the second held-out set, by what they are about."""

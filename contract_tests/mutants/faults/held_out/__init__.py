"""The mistakes of the held-out mutants, by what they are about."""

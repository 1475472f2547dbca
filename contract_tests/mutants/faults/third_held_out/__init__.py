"""The mistakes of the third set of mutants that nobody had seen who worked on the packs."""

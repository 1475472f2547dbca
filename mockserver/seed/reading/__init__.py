"""Reading a scenario file; every misfit is one sentence that names file and entry."""

"""The proof over HTTP: documented calls, random journeys against a plain model, named rules."""

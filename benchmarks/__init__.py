"""How fast Isnad is, always beside Stanza alone in the same run: `python -m benchmarks`, or `make benchmark`."""

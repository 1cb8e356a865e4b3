"""The figures the portal is held to, each measured beside its own floor (`docs/bench.md`)."""

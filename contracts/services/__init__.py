"""What changes contracts."""

from contracts.services.gates import close_gate, name_safety_officer, reopen_gate

__all__ = ["close_gate", "name_safety_officer", "reopen_gate"]

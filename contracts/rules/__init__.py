"""What must hold of a contract, over frozen facts. Pure."""

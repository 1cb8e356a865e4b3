"""Who may use the HTTP API, by which token, how often, and how its addresses are described."""

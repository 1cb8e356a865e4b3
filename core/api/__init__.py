"""What every address of the HTTP API shares: reading bodies, paging, telling problems."""

"""The cooperations of the demo, by city; each is left in the state its story says."""

"""Forms of plans: shape only; what the answers mean is judged by the rules."""

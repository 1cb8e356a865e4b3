"""What changes plans: one file per noun."""

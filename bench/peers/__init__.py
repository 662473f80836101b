"""The generators beside which peelsite is measured, and what they are given."""

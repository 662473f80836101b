"""Measurements of this project, and of others beside it; README.md says how to read them."""

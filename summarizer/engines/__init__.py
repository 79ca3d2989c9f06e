"""Engines propose drafts; they never decide what is true."""

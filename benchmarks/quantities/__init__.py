"""Quantities: found, and read with the right value, unit and kind."""

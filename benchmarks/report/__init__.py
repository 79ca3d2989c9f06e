"""How large, and how quick to write and to open, a report on many articles is."""

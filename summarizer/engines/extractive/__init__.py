"""The index of many articles, until it has a room of its own."""

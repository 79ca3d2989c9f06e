"""Questions and their answers: an index of many articles, follow-ups in a conversation, and what contradicts."""

"""What can be asked of an article: one file a task, and what they share."""

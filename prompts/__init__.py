"""What is asked: one template a task, in Markdown, and the rules that go before them all."""

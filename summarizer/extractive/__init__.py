"""What is drafted without a chat model: sentences chosen, dated events, answers found by retrieval and the reader."""

"""A hostile OpenAI-compatible server against the program: each case is one way for a server to be broken or mean."""

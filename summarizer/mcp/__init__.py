"""The tasks as tools of an assistant, by the Model Context Protocol; `import mcp` is the official package."""

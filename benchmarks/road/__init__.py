"""How many files of the package a call goes through, from a hosted model's answer to a checked result."""

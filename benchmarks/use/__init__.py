"""What it costs to use the program: starting it, and one brief of the seed article."""

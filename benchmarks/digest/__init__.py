"""How often two texts are taken for a contradiction, or for agreement, and rightly."""

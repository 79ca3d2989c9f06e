"""What asking a hosted model costs: CPU beside the plain client, and tokens beside the article."""

"""What comes back: pydantic models of the drafts a model fills in and of the checked values a user gets."""

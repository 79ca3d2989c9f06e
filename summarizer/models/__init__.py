"""Where a completion comes from: hosted, embedded or fake, all by one interface."""

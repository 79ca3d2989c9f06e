"""What people look at: results as a terminal page, Markdown, JSON and one self-contained HTML report."""

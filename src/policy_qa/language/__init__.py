"""What is known of the Chinese language: folding for search, quantities, words."""

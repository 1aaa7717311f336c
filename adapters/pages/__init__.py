"""Pages: the rules as a book to read and to search, a page for each."""

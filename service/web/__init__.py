"""The page: an article pasted in, its attributions shown; a client of the API like any other, in the reader's browser."""

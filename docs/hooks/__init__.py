"""What MkDocs does to our pages beyond Markdown, one module a hook (see mkdocs.yml)."""

"""The log in other people's formats: a page as plain text, a log as JSON lines.

Owns what goes to machines and archives rather than to readers' eyes.
Look next: `page_text`, `json_lines`.
"""

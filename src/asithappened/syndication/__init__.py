"""The log in common formats for programs and archives: plain text, JSON lines, feeds, sitemaps, robots.txt.

Never includes what is hidden; feeds and sitemaps include no replay.
Look next: `feeds`, `sitemaps`, `page_text`, `json_lines`, `robots`.
"""

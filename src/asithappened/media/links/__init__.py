"""What an address on the web holds, as a block of a body: a post, a film, a sound, or a card of a page.

Owns the asking, and reading the answers. Never keeps anything of somebody else's HTML but its words.
"""

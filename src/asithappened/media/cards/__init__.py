"""The pictures of pages where they are shared: drawn when somebody asks, with their own words on them.

Owns faces, setting of type, drawing, and the files of what was drawn. Which words stand on a card, and its address, are
`render.card_image`'s; delivery says who may have one, and gives what lies on the disk without coming here.
"""

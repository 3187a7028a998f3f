"""Cards: the pictures that messengers show of a shared page, with its words; drawn on the first request.

Owns fonts, typesetting, drawing, and the files of drawn cards. `render.card_image` decides a card's words and address;
delivery decides who may read one, and serves a file that is on the disk by itself.
"""

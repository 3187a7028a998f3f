"""Where: places, their roles and their spellings."""

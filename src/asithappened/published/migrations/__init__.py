"""The tables of what readers may have."""

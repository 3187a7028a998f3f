"""How many of what: figures, with unit, modifier, outcome and what they count."""

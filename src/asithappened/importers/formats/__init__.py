"""The formats: one package for each, strangers to one another. `importers.registry` names them."""

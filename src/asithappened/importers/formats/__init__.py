"""The formats: a package for each; none imports another. `importers.registry` lists them."""

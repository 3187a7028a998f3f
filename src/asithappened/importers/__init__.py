"""Other systems' live blogs, one function for each system, and the runner that feeds them to press.

Owns the mapping from somebody's export to our events, and the registry of sources.
Never lets one importer import another; nothing imported rings a bell.
Look next: `run`, the only module here that calls press.
"""

"""Signing in with the newsroom's own identity provider, by OpenID Connect.

Owns the requests to the provider, verifying its tokens, and finding the account. allauth does the sign-in, as for any
other way, and asks for a second factor. Handles no password, and stores no token.
Look next: `provider` for the settings, `views` for the steps of a sign-in, `matching` for the account.
"""

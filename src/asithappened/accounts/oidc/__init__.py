"""Signing in by way of the newsroom's own provider of identities, with OpenID Connect.

Owns asking the provider, proving what it says, and whose account that opens. Signing in itself is allauth's, as with
any other way: who has a second factor here is asked for it. Never a password, never a token that is kept.
Look next: `provider` for the settings, `views` for the way of one sign-in, `matching` for who may come in.
"""

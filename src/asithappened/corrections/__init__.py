"""The newsroom's page of corrections: which stand there, kept by following the log.

Owns nothing but that. Look next: `consume`; render/ledger/house.py for what it says.
"""

"""The newsroom's page of corrections, made by following the log.

Owns which corrections it has. Look next: `consume`; render/ledger/house.py for the HTML.
"""

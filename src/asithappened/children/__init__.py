"""Child processes of this program that are asked questions.

Owns the talk with one and its end (`child`). Never knows what is asked.
"""

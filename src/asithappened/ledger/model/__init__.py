"""A language model as a suggester: off until the operator names a model, and live blogs that it may read.

Owns the question, the call, and the suggestions made of the answer. Its answers pass the gate like all others, and it
can do nothing but answer. A call takes seconds, so a model is never asked while somebody types. Look next: `named` for
the settings, `asking` for a call.
"""

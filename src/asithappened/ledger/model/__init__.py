"""A language model as one more suggester: off until the operator names one, and live blogs that it may read.

Owns what is asked of it, of whom, and what its answer is taken for. Its answers pass the gate as everybody's do, and it
can do nothing but answer. Slow by nature: only for what waits for it, never for somebody who types. Look next: `named`
for the settings, `asking` for a call.
"""

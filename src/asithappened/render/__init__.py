"""Events and state become HTML fragments, frames and page parts, once.

Owns the templates that readers see, and the render generation.
Never called by delivery, which only sends what is finished.
Look next: `press`, which renders before it appends.
"""

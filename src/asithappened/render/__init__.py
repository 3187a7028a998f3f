"""Events and state become HTML fragments, frames and page parts, once.

Owns the templates that readers see, and the render generation.
Never called by delivery, which only sends what is finished; never reads the log, the clock or a request.
Look next: `post`, `page`, `part`, which press calls; `body` for a post's document in HTML; `clean` has the last word.
"""

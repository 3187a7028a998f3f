"""Events and state become HTML fragments, frames and page parts, once.

Owns the templates that readers see, and the render generation.
Never called by delivery, which only sends what is finished; never reads the log, the clock or a request.
Look next: `post`, `page` and `part` are what press calls; `body` makes a post's document into HTML, `clean` has the last
word.
"""

"""As It Happened: live blogs for newsrooms. A live blog is a log; all else shown is a function of it.

Each room here says in its `__init__.py` what it owns and what it never does; pyproject.toml, "Layers", says who may
import whom. `grep -rl "press.publish" src/` shows who writes, `grep -rl "log.follow" src/` who follows the log.
"""

"""The archive by day: the years, the months of each, a calendar of each month, and the live blogs of each day.

Owns their addresses, and on which days a live blog is listed. Look next: `consume`; `render.calendar` for the HTML.
"""

"""Key events sent to readers' devices (web push), and corrections of them to whoever got the error.

Owns which devices asked for which live blog, what is proposed to editors, who got what, and the sending. A device is
known by the address that its push service gave it, and by nothing else. Never decides that an alert goes out: an editor
does (`desk.actions.alerting`), or the live blog's own setting. Look next: `consume`, `subscribing`, `sending`.
"""

"""Key events sent to readers' devices (web push), and corrections of them to the devices that got the error.

Owns which devices asked for which live blog, what is proposed to editors, which device got what, and the sending. Only
the address that its push service gave it identifies a device. Never decides that an alert is sent: an editor does
(`desk.actions.alerting`), or the live blog's setting. Look next: `consume`, `subscribing`, `sending`.
"""

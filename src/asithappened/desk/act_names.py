"""What each verb of the audit is called in plain words: "Ana Lind published a post".

Owns those words. A verb without a row is shown by its own name; `tests/desk/test_act_names.py` finds it.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

SAID: Final[dict[str, Any]] = {
    "publish_post": _("published a post"),
    "revise_post": _("edited a post"),
    "withdraw_post": _("withdrew a post"),
    "restore_post": _("restored a post"),
    "erase_post": _("erased a post"),
    "erase_revision": _("erased a version of a post"),
    "pin_post": _("pinned a post"),
    "unpin_post": _("unpinned a post"),
    "move_pin": _("moved a pin"),
    "set_kind": _("changed what a post is"),
    "open_blog": _("opened the live blog"),
    "describe_blog": _("changed the description"),
    "rename_blog": _("changed the address"),
    "set_audience": _("changed who may read it"),
    "set_related": _("changed related coverage"),
    "contributor_on": _("named somebody as on"),
    "contributor_off": _("named somebody as off"),
    "close_blog": _("closed the live blog"),
    "reopen_blog": _("reopened the live blog"),
    "take_down_blog": _("took the live blog down"),
    "continue_blog": _("led readers on"),
    "end_continuation": _("led readers on no more"),
    "lead_back": _("led readers back to where it began"),
    "add_member": _("added a member"),
    "set_role": _("changed what a member may do"),
    "remove_member": _("removed a member"),
    "link_again": _("made a new first link for a member"),
    "submit": _("handed in a post"),
    "submit_again": _("handed in a post again"),
    "return_submission": _("returned a post with a note"),
    "reject_submission": _("did not take a post"),
    "add_note": _("left a note"),
    "edit_note": _("changed a note"),
    "finish_note": _("was done with a note"),
    "reopen_note": _("put a note back"),
    "make_handover_link": _("made a link to the handover"),
    "revoke_handover_links": _("took back the links to the handover"),
    "happen": _("went on by itself"),
    "restored": _("came back from a backup"),
}

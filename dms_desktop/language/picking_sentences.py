"""What is refused to whoever picks goods, and what to do then."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.domain.refusals import Reason
from dms_desktop.language.catalogue import N_

PICKING: Mapping[Reason, str] = {
    Reason.NO_PAPERS: N_("Nothing is chosen yet. Mark the bills or orders that are to be picked."),
    Reason.TOO_MANY_PAPERS: N_("{count} are too many for one list. Choose {most} at most."),
    Reason.PICK_MIXED: N_(
        "{number} does not fit on this list: it is of bills or of orders, and of one godown."
    ),
    Reason.ON_A_LIST: N_("{number} is on pick list {list} already."),
    Reason.NOTHING_TO_PICK: N_("Nothing of {number} is there to be picked."),
    Reason.UNKNOWN_LIST: N_("There is no pick list {list}."),
    Reason.LIST_CLOSED: N_("Pick list {list} is closed. Nothing on it can change any more."),
    Reason.NOT_ON_LIST: N_("{item} is not on list {list}. Put it back."),
    Reason.BATCH_NOT_ON_LIST: N_(
        "{item}: batch {batch} is not on this list, it asks for {wanted}. Take that one, or swap "
        "the batch."
    ),
    Reason.PICKED_ALREADY: N_("{item} batch “{batch}” was picked already by {by}."),
    Reason.PICK_TOO_MANY: N_(
        "{item}: {left} pieces are wanted at most, and this would be {asked}."
    ),
    Reason.PICK_SWAPPED: N_(
        "{item} batch “{batch}” was swapped for another already. Cancel that swap first."
    ),
    Reason.SWAP_OTHER_MRP: N_(
        "{item}: batch {batch} has MRP {mrp} and {wanted} was billed. Take a batch with the same "
        "MRP, or pick short."
    ),
    Reason.PICKS_OPEN: N_("Still to be picked on {list}: {count}."),
}

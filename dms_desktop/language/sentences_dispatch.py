"""What is said of trips, settlements and vans that cannot be as asked."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.domain.refusals import Reason
from dms_desktop.language.catalogue import N_

DISPATCH: Mapping[Reason, str] = {
    Reason.ON_TRIP: N_("{number} is on trip {trip} already."),
    Reason.NOT_ON_TRIP: N_("{number} is not on trip {trip}."),
    Reason.VEHICLE_OUT: N_("{vehicle} is loaded or out on trip {trip}. Bring it back first."),
    Reason.TRIP_LEFT: N_("Trip {trip} is no longer being loaded: what it takes stays as it is."),
    Reason.TRIP_NOT_OUT: N_("Trip {trip} has not left, or does not take place."),
    Reason.TRIP_SETTLED: N_("Trip {trip} is settled by {number}. Cancel that first."),
    Reason.NOT_LOADED: N_(
        "Not loaded on trip {trip}: {bills}. Load them, or take them off the trip."
    ),
    Reason.NO_RESULT: N_("Trip {trip}: say what became of {bills}."),
    Reason.RESULT_HAS_NOTE: N_("{number} was credited by {note}. Cancel that note first."),
    Reason.TAKEN_TOO_MUCH: N_("{number} has {open} open, and {taken} would be taken on it."),
    Reason.TRIP_DIFFERENCE: N_(
        "Trip {trip} lacks {difference}. Count again, or book that amount to the man."
    ),
    Reason.NO_MAN: N_("Say who answers for the {difference} that lack."),
    Reason.UNCOUNTED: N_(
        "{qty} pieces of {item} should lie in the van and were not counted. Write 0 for none."
    ),
    Reason.COUNTED_TOO_MANY: N_(
        "{item}: {next} were counted and the books have {have} in the van. Enter the bill or the "
        "return that is missing, or count again."
    ),
}

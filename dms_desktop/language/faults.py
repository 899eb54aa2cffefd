"""What is said when the machine or the file is at fault: what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import Shown, shown

SENTENCES: Mapping[str, str] = {
    "books_missing": N_("There are no books at {books}."),
    "books_exist": N_("Something lies at {books} already. Choose another name."),
    "books_older": N_("The books at {books} are of an older version. Open the program to upgrade."),
    "books_newer": N_(
        "The books at {books} were written by a newer version of this program. "
        "Install that version."
    ),
    "books_foreign": N_(
        "The file {books} is no book of this program, or nothing of it is left. Choose the right "
        "file, or move this one away first."
    ),
    "books_damaged": N_("The books at {books} are damaged. Restore the last backup."),
    "books_read_only": N_(
        "The books at {books} cannot be written. Check the rights of the folder."
    ),
    "books_busy": N_("The books at {books} are in use by another program. Close it, or use it."),
    "books_on_share": N_(
        "The books at {books} lie on a network share, where they can break. Move them to this PC."
    ),
    "disk_full": N_("The disk is full. Make room and try again; nothing was half-saved."),
    "disk_failed": N_("The disk failed while reading or writing {books}. Try again, then back up."),
    "upgrade_failed": N_("The books could not be upgraded and are as they were: {found}."),
    "backup_failed": N_("The backup was not made: {found}."),
    "backup_damaged": N_("The backup is damaged: {found}. Use another one."),
    "backup_doubtful": N_(
        "The backup holds books with findings. Restore it only if none is better."
    ),
    "wrong_key": N_("This key does not open the backup. Check it, letter by letter."),
    "server_away": N_("The server of the books does not answer: {found}. Try again."),
    "no_backup_key": N_("No backup key was made for these books yet. Make one first."),
    "secret_missing": N_(
        "The books at {books} came without the secret of their PINs. Restore a backup, which "
        "brings it along, or put {file} back beside them."
    ),
    "tool_missing": N_("A needed program is missing on this PC: {tool}."),
    "printer_away": N_("The printer {printer} does not answer: {found}. The paper lies at {path}."),
    "printer_unknown": N_(
        "This PC has no printer “{address}”, by which {printer} is reached. Set it up on this PC, "
        "or name another one. The paper lies at {path}."
    ),
    "printer_stopped": N_(
        "The printer {printer} is stopped: {found}. Start it again. The paper lies at {path}."
    ),
    "printer_slow": N_(
        "The printer {printer} did not answer within {seconds} seconds. Look whether it printed "
        "before you try again. The paper lies at {path}."
    ),
    "spooler_stopped": N_(
        "The print service of this PC is not running, so {printer} cannot be reached. Start it. "
        "The paper lies at {path}."
    ),
    "spooler_missing": N_(
        "This PC lacks {tool}, by which {printer} is reached. Install it, or name another printer. "
        "The paper lies at {path}."
    ),
    "papers_left": N_("Saved but not printed yet: {numbers}."),
    "bug": N_(
        "The program made a mistake ({error}). Look whether this was saved before you do it again, "
        "and report it: the log has the details."
    ),
    "outcome_unknown": N_(
        "It is not certain whether this was saved. Save it again: if it was, it is not saved twice."
    ),
}


def say_fault(word: str, facts: Mapping[str, object]) -> str:
    """The sentence for a fault's word in the language in use."""
    told = Shown({name: shown(value) for name, value in facts.items()})
    return _(SENTENCES.get(word, N_("The machine failed: {books}."))).format_map(told)

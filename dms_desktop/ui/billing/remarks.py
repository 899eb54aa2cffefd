"""What the head of the paper says besides: the shop's order number, the transport, a note."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.language.catalogue import _
from dms_desktop.ui.billing.strip import Strip

LONGEST = 100  # characters, as the head of the paper has room


class Remarks(Strip):
    """The note of a challan is the reason why goods travel without a bill (Rule 55)."""

    wanted = Signal(object)  # a function from the draft to the draft

    def __init__(self) -> None:
        super().__init__(
            _("On the paper"),
            {"order_no": _("Order number"), "transport": _("Transport"), "note": _("Note")},
        )
        for field in self.fields.values():
            field.box.setMaxLength(LONGEST)
        self.finished.connect(self._take)

    def ask(self, draft: Draft) -> None:
        challan = draft.kind is Kind.CHALLAN
        self.fields["note"].rename(_("Reason of the challan") if challan else _("Note"))
        for name in self.fields:
            self.box(name).setText(getattr(draft, name))
        self.open()

    def ask_reason(self, draft: Draft, sentence: str) -> None:
        """The cursor is where the challan says why it goes; `sentence` is said there."""
        self.ask(draft)
        self.go_to("note")
        self.fields["note"].refuse(sentence)

    def complete(self) -> bool:
        if not self.isHidden():
            self._take()
        return True

    def _take(self) -> None:
        said = {name: self.box(name).text().strip() for name in self.fields}
        self.leave()
        self.wanted.emit(lambda draft: replace(draft, **said))

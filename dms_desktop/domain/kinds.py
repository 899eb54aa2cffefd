"""Every kind of document there is, as one union: a `match` over it ends in `assert_never`."""

from __future__ import annotations

from dms_desktop.domain.documents import (
    Bill,
    Cancellation,
    Challan,
    Estimate,
    Journal,
    Opening,
    Order,
    Receipt,
)
from dms_desktop.domain.stock_papers import StockPaper
from dms_desktop.domain.trade_papers import TradePaper

Document = (
    Order
    | Estimate
    | Challan
    | Bill
    | Receipt
    | Journal
    | Opening
    | Cancellation
    | StockPaper
    | TradePaper
)

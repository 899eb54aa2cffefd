"""Goods in: receipts, returns to suppliers, their credit notes, and the claims on them."""

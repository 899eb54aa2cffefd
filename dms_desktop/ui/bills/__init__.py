"""Posted bills: found again, looked at, printed again, copied, cancelled."""

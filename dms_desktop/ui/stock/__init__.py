"""What lies where: every report of the stock, down to the ledger and the paper."""

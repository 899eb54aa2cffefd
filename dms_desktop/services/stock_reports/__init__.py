"""What lies where, for how long and at what cost: a file for each report, a query for each."""

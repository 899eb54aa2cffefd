"""Papers on their way out: kept in a folder first, then handed to a printer of this PC."""

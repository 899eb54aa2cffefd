"""Papers on real printers: a private CUPS, a listener on the loopback address, a folder."""

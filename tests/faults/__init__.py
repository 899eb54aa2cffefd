"""What the books must survive: killed programs, failing and full disks, power cuts, damage."""

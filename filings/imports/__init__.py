"""Files that others published, read into the register."""

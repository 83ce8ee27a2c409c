"""The yearly objective sheet (PEG): it reads all of the domain and writes none of it."""

"""PAdES signatures by the platform seal, each in its party's own field."""

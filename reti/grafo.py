"""The network as a graph: pure functions on nodes and dated ties (R40-R43)."""

"""Jobs, measured: speed beside the peers, faults, kills, memory, two cores, and a cluster."""

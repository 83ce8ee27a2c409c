"""From the call to the end of the agreement: avvisi, istanze, accordi, signatures, protocol register."""

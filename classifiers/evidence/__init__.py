"""Each kind of evidence, in nats of log-odds, with the sentence that goes with it."""

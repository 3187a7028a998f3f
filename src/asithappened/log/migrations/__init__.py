"""The tables of the log, and the triggers that make its facts facts."""

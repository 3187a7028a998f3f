"""Which texts still say what a change has left behind. `sweep` is the door."""

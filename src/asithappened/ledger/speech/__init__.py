"""Who said what: cues, speakers, relays, channels, hedges."""

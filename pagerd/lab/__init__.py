"""The same engine on virtual time: the code that runs here is the code that pages people."""

"""The daemon: reads the files, opens the store, wires the engine to its adapters, starts and stops it all in order."""

"""The command line: one module per noun. Data on stdout, talk on stderr; imports where they are needed."""

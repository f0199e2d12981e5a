"""`python -m pagerd` is `pagerd`."""

from pagerd.cli.main import main

main()

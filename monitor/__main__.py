"""`python -m monitor` is `gongkai`."""

from monitor.cli.app import main

main()

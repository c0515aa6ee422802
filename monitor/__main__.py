"""`python -m monitor` is `gongkai`."""

from monitor.cli import main

main()

"""What libraries log: on standard error, without personal numbers and without what a terminal obeys or hides.

The handler is ours and Scrapy installs none (`LOG_INSTALL_ROOT_HANDLER`): Scrapy puts a new one in place with each crawl,
after everything that could have altered it."""

import logging

from rules.scanners.masking_in_force import masked_text
from rules.vocabulary.unprinted import UNPRINTED

LINE = "%(asctime)s [%(name)s] %(levelname)s: %(message)s"


class MaskedLines(logging.Formatter):
    """Masks a record, its traceback too, and drops what a terminal obeys or hides."""

    def format(self, record: logging.LogRecord) -> str:
        return UNPRINTED.sub("", masked_text(super().format(record)))


def log_masked(level: int | str = logging.WARNING) -> None:
    """From here on what is logged at `level` and above goes to standard error, masked."""
    ours = [handler for handler in logging.root.handlers if isinstance(handler.formatter, MaskedLines)]
    if not ours:
        ours = [logging.StreamHandler()]
        ours[0].setFormatter(MaskedLines(LINE))
        logging.root.addHandler(ours[0])
    ours[0].setLevel(level)
    logging.root.setLevel(level)

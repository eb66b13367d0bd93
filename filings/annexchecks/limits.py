"""How much is read at most; what is larger gets a verdict and is not read on."""

MEGABYTE = 1024 * 1024

MOST_SHEETS = 100
MOST_ROWS = 500_000  # rows that say something
MOST_LINES = 2_000_000  # with the blank ones
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # what a spreadsheet itself holds in one cell
LAST_ROW = 1_048_576  # of any spreadsheet
LONGEST_RAW_CELL = 2 * MEGABYTE
HEADING_WITHIN = 20

MOST_PARTS = 5_000
MOST_UNPACKED = 400 * MEGABYTE
MOST_RATIO = 250
RATIO_FROM = 20 * MEGABYTE
MOST_STRINGS = 96 * MEGABYTE
MOST_TEXTS = 2_000_000
MOST_WITHOUT_END = 8 * MEGABYTE  # of a part, before one more row or text is complete
MOST_STYLES = 8 * MEGABYTE
MOST_BOOK = 4 * MEGABYTE
MOST_MERGED = 200_000

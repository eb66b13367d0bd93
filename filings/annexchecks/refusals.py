"""Why a file cannot be checked: one code, one message that says what is wrong and what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "encrypted": _("The file is protected by a password. Save it without one; access to it here is restricted anyway."),
    "old_office": _("The file is in the Excel format of before 2007 (XLS). Save it as XLSX or CSV."),
    "not_a_table": _(
        "The content is no table that can be read here, whatever the ending of the name says. Save it as XLSX or CSV."
    ),
    "damaged": _("The file cannot be read to its end (%(why)s). Save it again and upload the new copy."),
    "bomb": _("The file would unpack to an unreasonable size. Save only the rows of the annex in a new workbook."),
    "active_content": _("The file declares content of its own (%(found)s) that a table has no need of. Save it anew."),
    "encoding": _("The text is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8” or as XLSX."),
    "too_many_sheets": _(
        "There are %(found)s sheets; at most %(most)s are read. Put the rows of one annex on fewer sheets."
    ),
    "too_many_rows": _("There are more than %(most)s rows. Split off what does not belong to this annex."),
    "cell_too_long": _(
        "Row %(row)s holds a cell of more than %(most)s characters. Probably a quotation mark is not closed."
    ),
    "empty": _("The file holds no rows. Fill in the template, or choose the file with the rows."),
    "no_heading": _("No row of headings was found in the first %(most)s rows. Add one as in the template."),
}


class Unreadable(Exception):
    """A file that cannot be checked: ``code`` for programs, ``message`` for people."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(code)
        self.code = code
        self.about = about

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return message_of(self.code, self.about)


def message_of(code: str, about: dict[str, Any]) -> str:
    """The message of a refusal that was stored."""
    return str(MESSAGES[code]) % about if code in MESSAGES else code

"""Why a file is refused: one code, one message that says what is wrong and what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "empty": _("“%(name)s” is empty. Save the file again and choose it once more."),
    "too_large": _("“%(name)s” has %(size)s; a file of this type may have at most %(most)s. Shrink or split it."),
    "too_many_files": _("%(most)s files are stored already. Ask the authority before you upload more."),
    "no_room": _("The files of this entity would exceed %(most)s together. Ask the authority before you upload more."),
    "bad_name": _("“%(name)s” is not a usable file name. Rename the file to what it shows, such as “算法流程图.png”."),
    "path_in_name": _("The name “%(name)s” contains a path. Choose the file itself and leave folders out of its name."),
    "hidden_characters": _(
        "The file's name contains invisible or direction-changing characters, which can hide its real ending. "
        "Rename the file and choose it again."
    ),
    "double_extension": _(
        "“%(name)s” carries the ending of a program (%(ending)s) inside its name. Rename the file without it."
    ),
    "type_not_taken": _("“%(name)s” is of a type that is not taken here. Upload one of: %(types)s."),
    "archive": _(
        "“%(name)s” is an archive, whose content cannot be checked. Unpack it and upload the files one by one."
    ),
    "old_office": _(
        "“%(name)s” is in an Office format of before 2007, or protected by a password. "
        "Save it without a password as DOCX or XLSX, or as PDF."
    ),
    "executable": _(
        "“%(name)s” is a program or script (%(found)s). Programs are never taken; upload a document instead."
    ),
    "type_mismatch": _(
        "“%(name)s” claims to be %(claimed)s, but its content is %(found)s. "
        "Open it in the program that made it and save it in the right format."
    ),
    "damaged": _("“%(name)s” cannot be read to its end (%(why)s). Save the file again and upload the new copy."),
    "encrypted": _(
        "“%(name)s” is protected by a password. Save it without one; access to it here is restricted anyway."
    ),
    "macros": _("“%(name)s” contains macros. Save it as a document without macros (DOCX, XLSX) or as PDF."),
    "embedded_object": _("“%(name)s” contains another file (%(found)s). Take it out and upload it by itself."),
    "external_reference": _(
        "“%(name)s” loads content from elsewhere when it is opened (%(found)s). "
        "Replace the link by the content itself, or save the file as PDF."
    ),
    "active_content": _(
        "“%(name)s” contains something that runs when it is opened (%(found)s). Print it to a new PDF and upload that."
    ),
    "bomb": _("“%(name)s” would unpack to an unreasonable size. Upload the original document instead."),
    "too_many_pixels": _(
        "“%(name)s” has %(found)s million pixels; at most %(most)s million are taken. Make it smaller."
    ),
    "polyglot": _(
        "“%(name)s” is at the same time a second kind of file (%(found)s). Save it anew and upload that copy."
    ),
    "trailing_data": _(
        "“%(name)s” has data behind its end that no program shows. Open it, save it under a new name and upload that."
    ),
    "markup": _("“%(name)s” contains web page code (%(found)s). Upload plain text, or a PDF of the page."),
    "encoding": _("“%(name)s” is not readable text. Save it as UTF-8 or GB18030."),
    "infected": _(
        "The virus scanner found “%(found)s” in “%(name)s”. Clean the computer it comes from before you go on."
    ),
    "broken_off": _("The file did not arrive whole. Choose it again."),
}


class RefusedUpload(Exception):
    """A file that is not taken: ``code`` for programs, ``message`` for people."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(code)
        self.code = code
        self.about: dict[str, Any] = {"name": "", **about}

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return str(MESSAGES[self.code]) % self.about

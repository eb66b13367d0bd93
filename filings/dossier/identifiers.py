"""Codes and addresses a dossier asks for, checked as the registers that issue them do."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidLength
from stdnum.exceptions import ValidationError as NumberError

type Validator = Callable[[str], None]

CREDIT_CODE_LETTERS = re.compile(r"[0-9ABCDEFGHJKLMNPQRTUWXY]{18}")
MOBILE = re.compile(r"1[3-9]\d{9}")
PHONE = re.compile(r"(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,5})?|400-?\d{3}-?\d{4})")
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
ICP = re.compile(rf"[{PROVINCES}][A-Z]?[0-9]?-?(ICP)(备|证)\d{{6,10}}号(-\d+A?)?", re.IGNORECASE)
ALGORITHM_NUMBER = re.compile(r"(网信算备|演示算备)?(\d{21})号?")
MODEL_NUMBER = re.compile(r"(YanShi-)?([A-Za-z]+)-([A-Za-z0-9-]+?)-(\d{8})(\d{4}|S\d{4})?")
CLASSES = ("01", "02", "03", "04", "05", "06")


def check_credit_code(value: str) -> None:
    """Unified social credit code, GB 32100-2015."""
    if len(value) != 18:
        raise ValidationError(
            _("A unified social credit code has 18 characters; this one has %(count)s. Compare it with the licence."),
            params={"count": len(value)},
        )
    if not CREDIT_CODE_LETTERS.fullmatch(value):
        raise ValidationError(
            _(
                "A unified social credit code holds digits and capital letters without I, O, "
                "S, V and Z. Compare it with the licence."
            )
        )
    try:
        uscc.validate(value)
    except NumberError:
        raise ValidationError(
            _(
                "The 18th character of the unified social credit code, its check character, "
                "does not match. Compare it with the licence."
            )
        ) from None


def check_identity_number(value: str) -> None:
    """Identity number of a resident, GB 11643-1999."""
    try:
        ric.validate(value)
    except InvalidLength:
        raise ValidationError(
            _("A resident identity number has 18 characters; this one has %(count)s. Compare it with the card."),
            params={"count": len(value)},
        ) from None
    except NumberError:
        raise ValidationError(
            _(
                "This resident identity number cannot be right: place, birthday or check "
                "character does not match. Compare it with the card."
            )
        ) from None


def check_mobile(value: str) -> None:
    if not MOBILE.fullmatch(value):
        raise ValidationError(
            _("A mobile number has 11 digits and begins with 13 to 19. Leave out the country code and spaces.")
        )


def check_phone(value: str) -> None:
    if not PHONE.fullmatch(value):
        raise ValidationError(
            _(
                "This is not a telephone number: write a mobile number, or a fixed line with "
                "its area code, such as 0571-88880000."
            )
        )


def check_icp(value: str) -> None:
    """Number of an internet information service record or licence, domain.md §9."""
    if not ICP.fullmatch(value):
        raise ValidationError(
            _("This is not an ICP number: copy it whole, province sign first, such as 浙ICP备2025000000号-1.")
        )


def check_url(value: str) -> None:
    if not re.match(r"https?://", value, re.IGNORECASE):
        raise ValidationError(_("A web address begins with http:// or https://. Copy it from the address bar."))
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        raise ValidationError(
            _("This web address cannot be opened as written. Copy it from the address bar.")
        ) from None


def check_region(value: str) -> None:
    """Form of a region code, GB/T 2260; whether it exists is asked of the region table."""
    if not re.fullmatch(r"[1-9]\d{5}", value):
        raise ValidationError(_("A region code has six digits. Choose province, city and county from the list."))


def check_number_name(value: str) -> None:
    """The name in a generative number: Latin letters, digits, hyphens inside (domain.md §5.2)."""
    if not re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*", value):
        raise ValidationError(
            _("Only Latin letters and digits may stand here, with hyphens between them, and at least one letter.")
        )


def is_algorithm_number(value: str) -> bool:
    """Whether a quoted algorithm number has the published form.

    The check digit is a reconstruction (domain.md §5.1): a number that fails it deserves a second
    look and is never refused.
    """
    match = ALGORITHM_NUMBER.fullmatch(value.strip())
    if not match or match[2][13:15] not in CLASSES:
        return False
    return sum(int(digit) << place for place, digit in enumerate(reversed(match[2]))) % 10 == 1


def is_model_number(value: str) -> bool:
    """Whether a quoted number of a generative service has a published form (domain.md §5.2)."""
    return MODEL_NUMBER.fullmatch(value.strip()) is not None

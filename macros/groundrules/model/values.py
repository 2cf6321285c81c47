"""The values of front matter: each is read from text, and has with it what an editor may know of it.

An editor takes a value without quotes for a number or a truth where it looks like one. Here all are text.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, WithJsonSchema, WrapValidator
from pydantic_core import PydanticCustomError

from ..text.days import read_date
from ..text.tables import phrase
from .language import Language

FINGERPRINT = re.compile(r"gr[12]:[0-9a-f]{64}")


def wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("groundrules", "{message}", {"message": message})


def _filled(text: str) -> str:
    if not text.strip():
        raise wrong(phrase("emptyValue"))
    return text.strip()


def _one_line(value: Any) -> Any:
    if isinstance(value, list | dict):
        raise PydanticCustomError("string_type", "This is one line of text.")
    return value


def _day(value: Any) -> datetime.date:
    day = read_date(str(_one_line(value)))
    if day is None:
        raise wrong(phrase("notALikelyDate", value=value))
    return day


def _yes(value: Any) -> bool:
    _one_line(value)
    if value in ("yes", "true"):
        return True
    if value in ("no", "false"):
        return False
    raise wrong(phrase("neitherYesNorNo", value=value))


def _number(value: Any) -> int:
    if re.fullmatch(r"[1-9][0-9]{0,3}", str(_one_line(value))):
        return int(value)
    raise wrong(phrase("notANumber", value=value))


def _fingerprint(text: str) -> str:
    if not text or FINGERPRINT.fullmatch(text):
        return text
    raise wrong(phrase("notAFingerprint", value=text))


def _digest(text: str) -> str:
    if re.fullmatch("[0-9a-f]{12}", text):
        return text
    raise wrong(f'"{text}" was not written by the program. Have it note the original anew: groundrules translation.')


def _meaning(text: str) -> str:
    if sum(1 for one in text.split(",") if one.strip()) > 1:
        return text
    raise wrong(f'"{text}" stands alone. Name what means the same behind it, after a comma.')


_TEXT = WithJsonSchema({"type": ["string", "number", "boolean"], "pattern": r"\S"})
_TWO = WithJsonSchema({"type": "string", "pattern": r"[^,\s].*,.*[^,\s]"})
_NUMBER = WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "maximum": 9999, "pattern": "^[1-9][0-9]{0,3}$"})
_PRINT = WithJsonSchema({"type": ["string", "null"], "pattern": f"^({FINGERPRINT.pattern})?$"})
_DATE = WithJsonSchema({"type": "string", "format": "date", "pattern": r"^(19|20|21)\d\d-\d\d-\d\d$"})
_EITHER = WithJsonSchema({"enum": ["yes", "no", "true", "false", True, False]})

Words = Annotated[str, AfterValidator(_filled), _TEXT]
# The tag of a language: one that came with labels keeps them.
Tag = Annotated[str, WrapValidator(lambda value, read: value if isinstance(value, Language) else read(value))]
# Words that mean the same to somebody who searches, between commas.
Meaning = Annotated[str, AfterValidator(_meaning), _TWO]
Number = Annotated[int, BeforeValidator(_number), _NUMBER]
Fingerprint = Annotated[str, AfterValidator(_fingerprint), _PRINT]
# Of a part of an original, in a translation.
Digest = Annotated[str, AfterValidator(_digest), _TEXT]
Day = Annotated[datetime.date, BeforeValidator(_day), _DATE]
Yes = Annotated[bool, BeforeValidator(_yes), _EITHER]


def one_of(*keys: str) -> ConfigDict:
    """Have an editor know that exactly one of these keys stands; the model itself says so in a sentence."""
    return ConfigDict(json_schema_extra={"oneOf": [{"required": [key]} for key in keys]})

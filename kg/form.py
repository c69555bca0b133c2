"""How the values of a record are written: what the reader and the JSON Schema both hold them to.

A pattern is a text without anchors and without groups that capture, so that it can stand within
another one, in the part of the syntax that Python and ECMAScript have in common.
"""

from typing import Final

MAX_TEXT: Final = 2_000
"""A text has at most so many characters."""
MAX_ID: Final = 100
"""An identifier has at most so many characters."""
MAX_BYTES: Final = 1_000_000
"""A file has at most so many bytes."""

ID: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
KIND: Final = r"[a-z]+(?:-[a-z]+)*"
LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?"
COUNT: Final = r"[1-9][0-9]{0,8}"
NUMBER: Final = r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?"
SHARE: Final = r"[1-9][0-9]?/[1-9][0-9]?"

PLACES: Final = ("para", "art", "annex", "heading", "page", "entry")
"""The kinds of places in a source."""
PARAGRAPH: Final = r"[1-9][0-9]{0,4}(?: .{1,40})?"
"""The number of a paragraph, and a part of it."""
LOCATOR: Final = r"(?=.*[0-9A-Za-z]).{1,40}"
"""What stands in the place of a number: an article, an annex, the words of a heading."""

CONTROL: Final = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff"
"""Control characters, and those that make a text read in another order than it is stored."""

REASONS: Final = {
    "not stated": "not-stated",
    "none prescribed": "none-prescribed",
    "over": "over",
    "not known": "not-known",
    "pending a condition": "pending",
}
"""What stands in the place of a date, and the concept that it is."""

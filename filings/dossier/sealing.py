"""Personal values: typed once, stored as a reference to an encrypted row."""

from typing import Any

from django import forms


class SealedField(forms.CharField):
    """An identity number or private phone. Cleans to the typed text, or "" to keep what is sealed.

    The stored answer is `{"sealed": uuid, "digest": hex}`; the text itself is handed to the
    caller's `seal` function and to nothing else, and is never shown again by the form.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(**options)
        self.stored: dict[str, Any] | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether a value is already kept."""
        return self.stored is not None

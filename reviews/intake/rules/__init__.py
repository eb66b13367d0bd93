"""The rules, in the order in which their results are shown."""

from reviews.intake.rules import (  # isort: skip
    completeness,
    unique_name,
    same_product,
    cited_files,
    quoted_numbers,
    gates,
    copied_text,
)

__all__ = ["cited_files", "completeness", "copied_text", "gates", "quoted_numbers", "same_product", "unique_name"]

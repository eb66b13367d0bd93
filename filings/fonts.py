"""Chinese fonts for PDFs: typst prints empty boxes without an error when it has none."""

import sys
from functools import cache
from pathlib import Path

OWN_FONTS = Path(__file__).resolve().parent.parent / "var" / "fonts"
SYSTEM_FONTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
# File name without ending → the family that a document names.
FAMILIES = {
    "NotoSansSC_400Regular": "Noto Sans SC",
    "NotoSansCJK-Regular": "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular": "Noto Sans CJK SC",
    "SourceHanSansSC-Regular": "Source Han Sans SC",
    "wqy-microhei": "WenQuanYi Micro Hei",
    "wqy-zenhei": "WenQuanYi Zen Hei",
    "PingFang": "PingFang SC",
    "Hiragino Sans GB": "Hiragino Sans GB",
}
ENDINGS = {".ttf", ".ttc", ".otf"}


class NoChineseFont(Exception):
    """No font with Chinese characters is installed, so no readable PDF can be made.

    Install one (`apt-get install fonts-noto-cjk`), or run `make run`, which fetches one.
    """


@cache
def chinese_fonts() -> dict[str, Path]:
    """Family → file of the Chinese fonts found, best first. Raises NoChineseFont if there is none."""
    found: dict[str, Path] = {}
    for folder in (OWN_FONTS, *SYSTEM_FONTS):
        for file in folder.rglob("*") if folder.is_dir() else ():
            if file.suffix.lower() in ENDINGS and file.stem in FAMILIES:
                found.setdefault(FAMILIES[file.stem], file)
    if not found:
        raise NoChineseFont(NoChineseFont.__doc__)
    order = list(dict.fromkeys(FAMILIES.values()))
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def font_paths() -> list[str]:
    """Folders to hand to typst. Raises NoChineseFont."""
    return sorted({str(file.parent) for file in chinese_fonts().values()})


def font_families() -> list[str]:
    """Family names for the document, best first. Raises NoChineseFont."""
    return list(chinese_fonts())


if __name__ == "__main__":
    try:
        sys.stdout.write("\n".join(font_families()) + "\n")
    except NoChineseFont as missing:
        sys.exit(str(missing))

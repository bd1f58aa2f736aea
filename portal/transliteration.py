"""PLACEHOLDER written by the lead so that the project runs; its owner replaces this file whole."""


def to_cyrillic(text: str) -> str:
    pairs = {
        "lj": "љ",
        "nj": "њ",
        "dž": "џ",
        "Lj": "Љ",
        "Nj": "Њ",
        "Dž": "Џ",
        "LJ": "Љ",
        "NJ": "Њ",
        "DŽ": "Џ",
    }
    for latin, cyrillic in pairs.items():
        text = text.replace(latin, cyrillic)
    return text.translate(
        str.maketrans(
            "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
            "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
        )
    )

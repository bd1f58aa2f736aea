"""Words that give a reader away, because titles, paths and file names stay in a browser's history (safety R7).

The lists hold stems, folded for the search: no case, no diacritics, đ as d, one space for every separator. A leading
"^" ties a stem to the start of a word, a space at its end also to the word's end, where it would otherwise stop
harmless words (rape in "therapeutic", atina in "latinica", azil in "brazil"). The other stems stop a text wherever
they stand, as the black-box probe does; the probe itself ties nothing, so it still stops "terapeut" in a title.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from urllib.parse import unquote

STEMS: dict[str, str] = {
    "en": """traffick|victim|violen|abuse|abusi|^rape|^rapist|^raping|shelter|safe house|safehouse|refuge house|prostitu|
        exploit|brothel|pimp|slavery|enslav|forced labo|forced marriage|sexual|^sex work|escape|police|assault|^battered|^battering|
        perpetrator|^stalk|asylum|refugee|^undocumented|kidnap|abduct|hotline|helpline|^sos |^threat|grooming""",
    "sr-latn": """trgovin|zrtv|zrtav|nasilj|nasiln|zlostav|sigurna kuc|sigurne kuc|sigurnu kuc|sigurnoj kuc|skloniste|sklonist|
        prihvatilist|svratist|prostitu|siluj|silovan|silovat|silovao|eksploat|iskorisc|iskoristav|bekstvo|pobeg|polici|
        astra|^atina|kljuc|^ropstv|svodnik|seksual|nasrtaj|uznemirav|proganj|otmic|^azil|izbeglic|prinudn|ugrozen""",
    "sr-cyrl": """трговин|жртв|жртав|насиљ|насилн|насили|злостав|сигурна куц|сигурна кућ|сигурне кућ|сигурну кућ|склониш|
        прихватилишт|свратишт|проститу|силуј|силован|силоват|експлоат|искоришћ|искоришц|искористав|бекств|побег|
        полици|^астра|^атина|кључ|^ропств|сводник|сексуал|узнемирав|прогањ|отмиц|^азил|избеглиц|принудн|угрожен""",
    "sl": """trgovin|zrtev|zrtv|nasilj|nasiln|nasilje|zlorab|varna his|varne his|varno his|varni his|zatocisc|zavetisc|
        prostitu|posilst|posilj|posiljev|izkorisc|pobeg|pobegn|policij|kljuc|suzenj|suznj|zvodni|zasleduj|zalezov|
        spoln|trpinc|ugrabit|^azil|begunc|prisiln|ogrozen""",
    "ar": """اتجار|الاتجار|ضحيه|ضحايا|عنف|العنف|اغتصاب|استغلال|ملجا|ماوي|شرطه|الشرطه|دعاره|بغاء|عبوديه|اعتداء|هروب|تحرش|لجوء|
        لاجي|خطف""",
    "uk": """торгівл людьми|торгівля людьми|торгівлі людьми|торгівлю людьми|жертв|насильств|насилл|зґвалту|згвалту|
        експлуатац|притул|проститу|рабств|поліці|втеч|втекти|домаган|викраден|сексуальн|біжен|потерпіл|примусов""",
    "ru": """торговл людьми|торговля людьми|торговли людьми|торговлю людьми|жертв|насили|изнасил|эксплуат|убежищ|приют|
        проститу|рабств|полици|побег|сбежать|домогат|похищен|сексуальн|бежен|пострадавш|принудит""",
    "hu": """emberkeresked|aldozat|eroszak|bantalmaz|kizsakmany|menedek|menekul|prostitu|rabszolg|rendorseg|szokes|
        zaklat|szexual|emberrabl|kenyszermunk|vedett haz""",
    "sq": """trafik|viktim|dhun|perdhun|abuz|shfrytez|strehim|strehez|prostitu|skllav|polici|arratis|ngacmim|seksual|
        rrembim|^azil|^ikje""",
    "ro": """trafic|victim|violent|^viol |^violul|^violat|abuz|exploat|adapost|prostitu|sclav|^politia |^politie|^politist|evada|hartui|sexual|rapire|^azil|
        refugiat|munca fortat""",
    "bs": """trgovin|zrtv|zrtav|nasilj|nasiln|zlostav|zloupotreb|zloporab|sigurna kuc|sigurne kuc|sklonist|prihvatilist|
        prostitu|siluj|silovan|eksploat|iskorist|bijeg|pobjeg|polici|^ropstv|seksual|uznemirav|otmic|^azil|
        izbjeglic""",
    "mk": """трговиј|трговија|жртв|насилст|злоупотреб|злостав|силува|експлоат|искористув|засолниш|прифатилишт|проститу|
        ропств|полици|бегств|побег|вознемирув|сексуал|киднап|^азил|бегалц""",
    "bg": """трафик|търговия с хора|търговия хора|тръговия хора|жертв|насили|насилств|изнасил|злоупотреб|експлоат|
        убежищ|приют|подслон|проститу|робств|полици|бягств|избяга|тормоз|сексуал|отвлич|бежан|пострадал""",
    "tr": """insan ticareti|insan kacakc|magdur|^kurban|siddet|istismar|tecavuz|somur|siginma|siginak|fuhus|kolelik|^polis |^polise |^polisi|
        kacis|taciz|cinsel|kacirma|multeci|zorla""",
    "fa": """قاچاق|خشونت|قربانی|قربانیان|تجاوز|سوء استفاده|سوءاستفاده|بهره کشی|استثمار|پناهگاه|خانه امن|پلیس|فحشا|برده|فرار|
        آزار|پناهند|پناهجو|ربودن""",
    "de": """menschenhandel|opfer|gewalt|missbrauch|misshandl|vergewaltig|ausbeut|frauenhaus|schutzhaus|zuflucht|
        schutzwohnung|prostitu|zwangs|sklaver|polizei|flucht|belastig|sexuell|entfuhr|^asyl""",
    "fr": """traite des|victime|violen|abus|^viol |^viols |^violee|exploit|refuge|hebergement d urgence|maison d accueil|
        prostitu|esclav|police|fuite|evasion|harcel|sexuel|enlevement|^asile|travail force""",
}

# What tools/probe.py takes for telling and the lists above name in other words.
PROBE = """trafick|traffick|trgovin|zrtv|victim|nasilj|nasilje|violence|abuse|zlostav|zlorab|shelter|sigurna kuca|varna hisa|
    prostitu|^rape|siluj|posilst|exploit|eksploat|izkorisc|iskorisc|bekstvo|pobeg|astra|^atina|kljuc|police|polici|трговин|
    жртв|насиљ|злостав|полициј|склониш|жертв|насили|жрт|тръговия|хора|трафик|порабо|اتجار|ضحية|ضحايا|عنف|قاچاق|خشونت|قربانی"""

SAME = str.maketrans(
    {"đ": "d", "ł": "l", "ı": "i", "ø": "o", "æ": "ae", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ی", "ي": "ی", "ئ": "ی",
     "ك": "ک", "ة": "ه", "ґ": "г", "ѓ": "г", "ќ": "к", "\u0640": None, "\u200c": " ", "\u200d": None, "\u00ad": None}
)  # fmt: skip


def telling_words(text: str) -> tuple[str, ...]:
    """Return the folded stems of all languages that ``text`` holds, in alphabetical order; empty when it is neutral.

    Of stems that hold one another only the shortest is named. ``text`` may be a title, a path (percent-encoded or not) or a file name.
    """
    folded = fold(text)
    found = {stem for stem in _stems() if stem in folded}
    return tuple(sorted({stem.strip() for stem in found if not any(short in stem for short in found - {stem})}))


def is_neutral(text: str) -> bool:
    """Tell whether a title, path or file name holds no telling word."""
    return not telling_words(text)


def fold(text: str) -> str:
    """Return the text as the stems are written, with a space before, between and after its words."""
    decomposed = unicodedata.normalize("NFKD", unquote(text).casefold().translate(SAME))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(SAME)
    words = " ".join(re.findall(r"[^\W_]+", plain))
    return f" {words} "


@cache
def _stems() -> tuple[str, ...]:
    """Every stem once, folded; a space in front stands for "at the start of a word"."""
    raw = {re.sub(r"^\s+|\n\s*$", "", one) for text in (*STEMS.values(), PROBE) for one in text.split("|")}
    return tuple(sorted(_anchored(one) if one.startswith("^") else fold(one).strip() for one in raw if one))


def _anchored(stem: str) -> str:
    """Return a folded stem tied to the start of a word; a space at its end ties it to the word's end too."""
    whole = " " if stem.endswith(" ") else ""
    return f" {fold(stem).strip()}{whole}"

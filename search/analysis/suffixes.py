"""Endings of the languages for which no library has a stemmer, or none for words typed without marks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

SHORTEST_STEM: Final = 3

# Written for folded words. Endings of declension and of the commonest forms of verbs; derivation stays.
ENDINGS: Final = {
    "sr": """
        a e i u o om em ama ima ovi ova ove ovima ovom evi eva eve evima og oga eg ega omu emu im ih oj ome
        iji ija ije iju ijim ijih ijoj ijeg ijom ju
        ti m s mo te am as amo ate aju im is imo ite em es emo ete uju ujem ujes uje ujemo ujete uci
        o la lo li le ao ala alo ali ale io ila ilo ili ile eo ela elo eli ele uo ula ulo uli ule
        ati iti eti uti ovati ovao ovala ovali avati avao avala avali ivati ivao ivala ivali ava avam avaju
        an ana ano ani ane anu anom anog anih anim en ena eno eni ene enu enom enog enih enim enoj
        sti st scu ajuci
    """,
    "sl": """
        a e i u o om em am ah ih eh oh ov ev ova eva ove eve ovi evi ovih evih ovim evim ovom evom ema oma
        ama imi ami emi jo ju je ja ji im ega emu ga mu mi m h
        ti t am as amo ate ajo ata ava im is imo ite ijo ita iva em es emo ete ejo eta eva ujem ujes uje ujemo
        ujete ujejo ovati ati iti eti uti il ila ilo ili ile al ala alo ali ale el ela elo eli ele
        an ana ano ani ane anih anim anega en ena eno eni ene enih enim enega enemu enimi anja anje anju anjem
        anj enja enje enju enjem enj ejsi ejsa ejse ejsega
    """,
    "sq": """
        a e i u n t te ja je jen jes es en in it ut un et at as e s ve t ave eve ive uar ur
        esh eshe isht ishte ishin shin j n jme im ni jne jme oj on ojme oni ojne ova ove oi uam uat uan uar
        ese esen eses eset esit ite iten ites itet itete itetit ues uesi uesit uesin uesve uese
        or ore oret orit ori ave avet at ate ate eri eri era erat erash eve imi imin imit ime imet imeve
        shem sh esh em emi eni ohet ohem ojne et het hen hej
    """,
    "bg": """
        а е и о у я ю й ът ат та то те ята ето ите ото ия ият ий ие ии ове овете ища ищата ища ъта
        ия ията ието иите ва вата м ш ме те ам аш аме ате ат им иш им ите ят еш ем ете яш ям яме яте
        х хме хте ха ах аха ахме их иха ихме л ла ло ли ал ала ало али ил ила ило или ял яла яли
        н на но ни ан ана ано ани ен ена ено ени ният ната ното ните ания ание ането ането анията ение ението
        ения енията ост остта ости остите тел телят теля тели телите ка ката ки ките ник ници ниците ика
        та ща щи щата ещ аща ащи
    """,
    "mk": """
        а е и о у от та то те та ва вa он на но не ов ови овите ево еви евите ови и ите ата ето оти ја јата
        јте ии иите ја ње њето ања њата ење ењето ења ењата ост оста ости остите
        ам аш аме ате аат ам им иш име ите ат ев еше евме евте еа ав аше авме авте аа л ла ло ле ал ала але
        ил ила иле ел ела еле ан ана ано ани аниот аната аното аните ен ена ено ени ениот ената еното ените
        иот ниот ната ното ните ник ници ниците никот ка ката ки ките ува уваат увам уваш уваме увате
    """,
    "uk": """
        а я о е и і у ю й ь ам ям ах ях ами ями ою ею єю ові еві єві ом ем єм ів їв ей ій ія ії ію ією іям іях
        ий ого ому им ім ої ій у їй их іх ими іми а яя є єї ими ього ьому
        ти ть в ла ло ли ав ала ало али ив ила ило или ів іла іли ув ула ули ю єш є ємо єте ють еш емо ете уть
        иш ить имо ите ать ять ати ити іти ути увати ував увала ували ую уєш ує уємо уєте ують юю ювати
        ння нням нню ннями нь ань енн енням ення енню ання анню анням ість ості істю остей остям ся сь
        тися ться вся лася лися но то ка ку ки кою кам ками ках
    """,
    "rom": """
        o i a e u en es es a as os us esa enca esqe esqo esqi esqe enqe enqo enqi esko eski eske engo engi enge
        esqoro estar endar este ende eça ença ake aqe aqo aqi ako aki ater ate asa ja ije jen jesko ije
        av el es as al en ela ena ava asa ava eja avas elas enas dem das dan den di do de lo li le ipe ipen
        imos imata imaske imasko imaske ipnasko ipnaske ipnaste ora uri uja ime imo vav vas vel ven vas
        ta te qe qo ke ko ki ge go gi
    """,
}


@cache
def _endings(language: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return the endings of a language by length, longest first."""
    return _by_length(ENDINGS.get(language, "").split())


def _by_length(endings: Iterable[str]) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return endings as sets by their length, longest first."""
    sets: dict[int, set[str]] = {}
    for ending in endings:
        sets.setdefault(len(ending), set()).add(ending)
    return tuple((length, frozenset(sets[length])) for length in sorted(sets, reverse=True))


def without_ending(word: str, language: str) -> str:
    """Return a folded word without its longest ending; at least three letters stay."""
    for length, endings in _endings(language):
        if len(word) - length >= SHORTEST_STEM and word[-length:] in endings:
            return word[:-length]
    return word

"""Endings of the languages for which no library has a stemmer, or none for words typed without marks."""

from __future__ import annotations

from functools import cache
from typing import Final

SHORTEST_STEM: Final = 3
SHORTEST_PERSIAN: Final = 2  # letters; short vowels are not written

# Written for folded words. One ending is taken from each group, the longest; "en>n" puts n in its place.
# Endings of declension and of the commonest forms of verbs; derivation stays.
ENDINGS: Final = {
    "sl": """
        a e i u o om em am ah ih eh oh ov ev ovih evih ovim evim ovoma evoma ema oma ovi evi
        ama imi ami emi jo im ega emu mi h nega>n nemu>n
        ti t am as amo ate ajo ata ava im is imo ite ijo ita iva em es emo ete ejo eta eva ujem ujes uje ujemo
        ujete ujejo ovati ati iti eti uti il ila ilo ili ile al ala alo ali ale el ela elo eli ele
        en>n eni ene anje anja anju anjem anj enje enja enju enjem ec>c ek>k ajoc ejsi ejsa ejse ejsega
    """,
    "sq": """
        te t ve n s ne se ne set sa sat sh ish esh isht
      | a e i u it in et un ut es at ja je jes jen are ur uar oj on oni ojne ova ove oi em eni im
      | er>r
    """,
    "bg": """
        ата ята ото ето ите ете ът ят ия ият овете ищата иня стта>ст щта>щ чта>ч
        а е и о у я й ове ища ие ии ото
        м ш ме те ам аш аме ате ат им иш ите еш ем ете яш ям яме яте ах хме хте ха аха ахме их иха ихме
        л ла ло ли ал ала ало али ил ила ило или ял яла яли ано ана ани ания ание анието анията ение ението
        енията ения ен>н ният>н ната>н ното>н ните>н ец>ц ък>к ъл>л ър>р ки>к ци>к ците>к
    """,
    "mk": """
        от ов он ата ава ана ото ово оно ето ево ено ите иве ине јата јава јана јте овите евите ови еви
        иот иов ион а е и о у ја ии иите ње њето ања њата ење ењето ења ењата ста>ст
        ам аш аме ате аат им иш име ат ев еше евме евте еа ав аше авме авте аа ал ала але ало
        ил ила иле ел ела еле ен>н ниот>н ната>н ното>н ните>н ец>ц ци>к ците>к ува уваат увам уваш уваме увате
      | ов
    """,
    "uk": """
        ся сь
      | а я о е и і у ю й ь ам ям ах ях ами ями ою ею єю ові еві єві ом ем єм ів ів ей ій ія іі ію ією іям іях
        ий ого ому им ім оі ій их іх ими іми ая яя єє ього ьому
        ти ть в ла ло ли ав ала ало али ив ила ило или ів іла іли ув ула ули єш є ємо єте ють еш емо ете уть
        иш ить имо ите ать ять ати ити іти ути увати ував увала ували ую уєш ує уємо уєте ують юю ювати
        нням нню ннями нь ся сь вши мете муть меш мемо мем йте ймо ючи ці>к ок>к ець>ц ець>ц ця>ц ці>ц ню>н
    """,
    "rom": """
        esqoro qoro esqe esqo esqi enqe enqo enqi esko eski eske engo engi enge aqe aqo aqi ake ako aki esa enca
        asa ança esar endar estar atar ende este ate qe qo qi ke ko ki sa ca tar te asqo asqe sqo sqe sko ske
        ura uria uri en es orro oro orre
      | ima ipa mas nas pe ipe ben
      | ja o i a e u n
      | j
    """,
    "hu": """
        nak nek ban ben ba be bol rol tol nal nel hoz hez ra re val vel ert kent ig on en kal kel zal zel tal tel
        gal gel sal sel ral rel lal lel mal mel dal del val pal pel bal bel
        at et ot t
      | aim eim im am em om m aid eid ad ed od ai ei i ja je jai jei unk uk juk uk atok etek a e
      | ak ek ok k
      | a e i o u
    """,
    "tr": """
        da de ta te dan den tan ten nin nun in un ni nu na ne ya ye yi yu a e i u la le yla yle
      | si su m im um n in un s miz imiz umuz
      | lar ler
    """,
    "ro": """
        ului lui ul ilor elor lor ile ele le ii iii ei ea ia ua a e i u
      | uri ur oa
    """,
    "fa": """
        هايي هايم هايت هايش هايمان هاي ها ان اني ام ات اش اي ي م ش ت يم يد ند مان تان شان
      | ها
      | ه
    """,
}


@cache
def _groups(language: str) -> tuple[tuple[tuple[int, dict[str, str]], ...], ...]:
    """Return the groups of endings: by length, longest first, each ending with what is put in its place."""
    groups = []
    for group in ENDINGS[language].split("|"):
        lengths: dict[int, dict[str, str]] = {}
        for ending, _, put in (entry.partition(">") for entry in group.split()):
            lengths.setdefault(len(ending), {})[ending] = put
        groups.append(tuple((length, lengths[length]) for length in sorted(lengths, reverse=True)))
    return tuple(groups)


def without_ending(word: str, language: str) -> str:
    """Return a folded word without its longest ending of each group; at least three letters stay."""
    for group in _groups(language):
        for length, endings in group:
            put = endings.get(word[-length:])
            if put is not None and len(word) - length + len(put) >= SHORTEST_STEM:
                word = word[:-length] + put
                break
    return word


def without_each_ending(word: str, language: str) -> tuple[str, ...]:
    """Return all that a folded word may be without endings of some groups; three letters stay.

    For languages that put ending on ending: which letters are an ending is only known from other forms.
    """
    found = [word]
    shortest = SHORTEST_PERSIAN if language == "fa" else SHORTEST_STEM
    for group in _groups(language):
        for before in tuple(found):
            for length, endings in group:
                put = endings.get(before[-length:])
                if put is not None and len(before) - length + len(put) >= shortest:
                    found.append(before[:-length] + put)
    return tuple(dict.fromkeys(found))[::-1]

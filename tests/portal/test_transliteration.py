"""Gold text for Serbian Latin to Cyrillic: a round trip does not find the errors that matter here."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.transliteration import to_cyrillic, to_cyrillic_html

NAMES = Path(__file__).parent / "data" / "serbian_names.tsv"

SENTENCES = [
    ("Da li ste u opasnosti? Pozovite odmah.", "Да ли сте у опасности? Позовите одмах."),
    ("Niste krivi za ono što vam se dogodilo.", "Нисте криви за оно што вам се догодило."),
    (
        "Ljubav nije kontrola. Njegova pretnja nije vaša krivica.",
        "Љубав није контрола. Његова претња није ваша кривица.",
    ),
    (
        "Džep, džemper, budžet, menadžer, odžak i narudžbina.",
        "Џеп, џемпер, буџет, менаџер, оџак и наруџбина.",
    ),
    ("Možete tražiti prevodioca bez plaćanja.", "Можете тражити преводиоца без плаћања."),
    ("Đak i građanin imaju ista prava.", "Ђак и грађанин имају иста права."),
    ("Centar za zaštitu žrtava trgovine ljudima", "Центар за заштиту жртава трговине људима"),
    ("Uzmite ključ, novac i ličnu kartu.", "Узмите кључ, новац и личну карту."),
    ("Svedočenje bez njegovog prisustva", "Сведочење без његовог присуства"),
    ("Čekajte u čekaonici, ćerka je s vama.", "Чекајте у чекаоници, ћерка је с вама."),
    ("Sokobanja, Ljig, Odžaci, Gadžin Han, Knjaževac", "Сокобања, Љиг, Оџаци, Гаџин Хан, Књажевац"),
    ("„Zdravo“ – rekla je; 'dobro' …", "„Здраво“ – рекла је; 'добро' …"),
]
BORDERS = [
    ("Lekar vam daje injekciju.", "Лекар вам даје инјекцију."),
    ("Injekcije, injektiranje i injektor", "Инјекције, инјектирање и инјектор"),
    ("DOBILA JE INJEKCIJU", "ДОБИЛА ЈЕ ИНЈЕКЦИЈУ"),
    ("povoljna konjunktura, konjunkturni uslovi", "повољна конјунктура, конјунктурни услови"),
    ("konjunktivitis i konjunktiva", "конјунктивитис и конјунктива"),
    ("konjugacija glagola, konjugovani oblik", "конјугација глагола, конјуговани облик"),
    ("to je samo konjektura", "то је само конјектура"),
    ("Nadživela je nasilje i nadživeće ga.", "Надживела је насиље и надживеће га."),
    ("nadživljavanje, nadživeti, NADŽIVETI", "надживљавање, надживети, НАДЖИВЕТИ"),
    ("nadžnjeti i nadžanjem", "наджњети и наджањем"),
    ("Tanjug javlja, prema Tanjugu, Tanjugova vest", "Танјуг јавља, према Танјугу, Танјугова вест"),
    ("odžaliti, odžalila, odžalovati", "оджалити, оджалила, оджаловати"),
    ("odžvakati, odživeti", "оджвакати, одживети"),
    ("vanjezični i izvanjezički znaci", "ванјезични и изванјезички знаци"),
    ("predživot i predžetveni radovi", "предживот и преджетвени радови"),
    ("podžanr filma, podžargon", "поджанр филма, поджаргон"),
    ("anjon i anjonski, ali kanjon i kompanjon", "анјон и анјонски, али кањон и компањон"),
    ("panjugoslovenski", "панјугословенски"),
    ("konj, konjušar, inje, injem, Tanja, tanjir", "коњ, коњушар, иње, ињем, Тања, тањир"),
    ("nadžak, odžačar, džez, pomorandža", "наџак, оџачар, џез, поморанџа"),
    ("in\u200cjac", "инјац"),
]
CAPITALS = [
    ("LJUBAV", "ЉУБАВ"),
    ("Njegoš", "Његош"),
    ("NJEGOŠ", "ЊЕГОШ"),
    ("NJ", "Њ"),
    ("Lj. Petrović, Nj. Kralj, Dž. Ostojić", "Љ. Петровић, Њ. Краљ, Џ. Остојић"),
    ("DŽEMPER, Džemper", "ЏЕМПЕР, Џемпер"),
    ("ǅep i ǈubav, ǌiva", "Џеп и Љубав, њива"),
    ("POMOĆ ŽRTVAMA ŠIRI MREŽU", "ПОМОЋ ЖРТВАМА ШИРИ МРЕЖУ"),
    ("ASTRA – Akcija protiv trgovine ljudima", "АСТРА – Акција против трговине људима"),
    ("ATINA i Atina", "АТИНА и Атина"),
    ("SOS telefon MUP-a, UOIM, SAD, EU", "СОС телефон МУП-а, УОИМ, САД, ЕУ"),
]
NUMERALS = [
    ("Ana i Marko", "Ана и Марко"),
    ("I policija pomaže.", "И полиција помаже."),
    ("Došla je. I ostala je.", "Дошла је. И остала је."),
    ("I razred osnovne škole", "I разред основне школе"),
    ("lekar u domu zdravlja, soba na II spratu", "лекар у дому здравља, соба на II спрату"),
    ("Petar I je bio kralj", "Петар I је био краљ"),
    ("u I stepenu i u II stepenu", "у I степену и у II степену"),
    ("Prilog I", "Прилог I"),
    ("Glava IV, tačka XII", "Глава IV, тачка XII"),
    ("faze I–III i I/II", "фазе I–III и I/II"),
    ("PRAVA I OBAVEZE", "ПРАВА И ОБАВЕЗЕ"),
    ("Posao I Obuka", "Посао И Обука"),
    ("V beogradska gimnazija, X grupa", "V београдска гимназија, X група"),
    ("ul. V. Karadžića 5, J. J. Zmaja", "ул. В. Караџића 5, Ј. Ј. Змаја"),
    ("I. Opšta pravila", "I. Општа правила"),
    ("DA LI STE VI ŽRTVA?", "ДА ЛИ СТЕ ВИ ЖРТВА?"),
    ("VI razred i Vi lično", "VI разред и Ви лично"),
    ("SVAKI DIV MI JE MIO", "СВАКИ ДИВ МИ ЈЕ МИО"),
    ("XIX vek, MCMXC", "XIX век, MCMXC"),
    ("Петар I и Ана", "Петар I и Ана"),
]
KEPT = [
    (
        "Otvorite https://astra.rs/usluge-za-zrtve/?a=b&c=d.",
        "Отворите https://astra.rs/usluge-za-zrtve/?a=b&c=d.",
    ),
    ("Pišite na sos@astra.rs, hvala.", "Пишите на sos@astra.rs, хвала."),
    ("Strana www.gov.si/en ili astra.rs (nova)", "Страна www.gov.si/en или astra.rs (нова)"),
    ("Preuzmite letak.pdf ovde", "Преузмите letak.pdf овде"),
    ("Nalog @pomoc i oznaka #StopNasilju", "Налог @pomoc и ознака #StopNasilju"),
    ("Zdravo %(name)s, imate %(count)d poruka", "Здраво %(name)s, имате %(count)d порука"),
    ("Strana %s od %d", "Страна %s од %d"),
    ("50% dece i 30 %sredstava", "50% деце и 30 %средстава"),
    ("Zdravo {name}, broj {0} i ${sum}", "Здраво {name}, број {0} и ${sum}"),
    (
        "Vrednost {{ page.title }} {% if sound %}da{% endif %}",
        "Вредност {{ page.title }} {% if sound %}да{% endif %}",
    ),
    (
        '<a href="/sr-latn/pomoc/" title="Pomoć > ovde">Pomoć</a>&nbsp;odmah',
        '<a href="/sr-latn/pomoc/" title="Pomoć > ovde">Помоћ</a>&nbsp;одмах',
    ),
    ("Wi-Fi mreža, preko Wi-Fi-ja", "Wi-Fi мрежа, преко Wi-Fi-ја"),
    ("Pošaljite SMS ili PDF; iz SMS-a u PDF-u", "Пошаљите SMS или PDF; из SMS-а у PDF-у"),
    ("Viber i WhatsApp, preko Vibera", "Viber и WhatsApp, преко Vibera"),
    ("QR kod, ID broj, HIV test, AIDS", "QR код, ID број, HIV тест, AIDS"),
    ("projekat IDEAS, inicijativa EU EQUAL", "пројекат IDEAS, иницијатива ЕУ EQUAL"),
    ("Tor Browser, Google Play i Facebook", "Tor Browser, Google Play и Facebook"),
    ("5 km od grada, 24h, 100 m, 2 kg, 37 °C", "5 km од града, 24h, 100 m, 2 kg, 37 °C"),
    ("2019 g. i 3 meseca, 5a, kućni broj 12A", "2019 г. и 3 месеца, 5а, кућни број 12А"),
    ("nivo B1, soba R2, list A4, mreža 4G", "ниво B1, соба R2, лист A4, мрежа 4G"),
    ("Queen Mary, Wexford, taxi", "Queen Mary, Wexford, taxi"),
    ("München, Citroën, café", "München, Citroën, café"),
    ("Djordje i djak (nikad đ)", "Дјордје и дјак (никад ђ)"),
    ("Sl. glasnik RS, br. 35/2019, d.o.o.", "Сл. гласник РС, бр. 35/2019, д.о.о."),
]
COMBINING = [
    (unicodedata.normalize("NFD", "Žrtva, čovek, šta, ćutanje"), "Жртва, човек, шта, ћутање"),
    ("od svih pravâ", "од свих прав" + "а\u0302"),
    ("Već je ćirilica", "Већ је ћирилица"),
    ("Већ је ћирилица: инјекција", "Већ је ћирилица: инјекција"),
    ("", ""),
    ("112, 192 – 116 000!", "112, 192 – 116 000!"),
]
GOLD = [*SENTENCES, *BORDERS, *CAPITALS, *NUMERALS, *KEPT, *COMBINING]

# facts.json is machine-made; where it is wrong, what it says and what is right.
WRONG_IN_THE_SOURCE = {
    "Drugi donatori: Fond EU za unutrašnju bezbednost, inicijativa EU EQUAL, ambasada SAD u Sloveniji": (
        "Други донатори: Фонд ЕУ за унутрашњу безбедност, иницијатива ЕУ ЕQУАЛ, амбасада САД у Словенији",
        "Други донатори: Фонд ЕУ за унутрашњу безбедност, иницијатива ЕУ EQUAL, амбасада САД у Словенији",
    ),
}


def source_names() -> list[tuple[str, str]]:
    """Return the pairs of names, Latin and Cyrillic, that the content came with."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return [
            (row["sr-latn"], row["sr-cyrl"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def test_gold_is_large_enough():
    assert len(GOLD) >= 60
    assert len(source_names()) > 200


@pytest.mark.parametrize(("latin", "cyrillic"), GOLD)
def test_to_cyrillic_gives_the_gold_line(latin: str, cyrillic: str):
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(("latin", "cyrillic"), source_names())
def test_to_cyrillic_gives_the_names_of_the_content(latin: str, cyrillic: str):
    if latin in WRONG_IN_THE_SOURCE:
        wrong, cyrillic = WRONG_IN_THE_SOURCE[latin]
        assert wrong in dict(source_names()).values()
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(("latin", "cyrillic"), GOLD)
def test_to_cyrillic_leaves_its_own_result(latin: str, cyrillic: str):
    assert to_cyrillic(cyrillic) == cyrillic


@given(st.text())
def test_to_cyrillic_changes_letters_only(text: str):
    def rest(value: str) -> str:
        return "".join(c for c in value if unicodedata.category(c)[0] not in "LM" and c != "\u200c")

    assert rest(to_cyrillic(text)) == rest(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="abvgdđežzijklmnoprstćufhcčš", min_size=1, max_size=12))
def test_to_cyrillic_leaves_no_latin_letter_in_a_serbian_word(word: str):
    assert not any("LATIN" in unicodedata.name(letter) for letter in to_cyrillic(f"{word}đa."))


HTML = [
    ('<p class="nota">Pomoć je <b>besplatna</b>.</p>', '<p class="nota">Помоћ је <b>бесплатна</b>.</p>'),
    ("<script>let pomoc = 'da';</script><p>Da</p>", "<script>let pomoc = 'da';</script><p>Да</p>"),
    ("<style>p { color: red }</style>Tekst", "<style>p { color: red }</style>Текст"),
    ('<span lang="en">Help <b>line</b></span> pomoć', '<span lang="en">Help <b>line</b></span> помоћ'),
    ('<span lang="sr-Latn">pomoć</span>', '<span lang="sr-Latn">помоћ</span>'),
    ('<div translate="no"><div>kod</div>kod</div>kod', '<div translate="no"><div>kod</div>kod</div>код'),
    ('<b class="a notranslate">kod</b> kod', '<b class="a notranslate">kod</b> код'),
    ("&scaron;ta &amp; ko&nbsp;je &ccaron;ovek &#382;ena", "шта &amp; ко&nbsp;је човек жена"),
    ('<img lang="en" alt="a">tekst<br>tekst', '<img lang="en" alt="a">текст<br>текст'),
    ("<!-- napomena -->tekst", "<!-- napomena -->текст"),
    ("<code>ls", "<code>ls"),
]


@pytest.mark.parametrize(("latin", "cyrillic"), HTML)
def test_to_cyrillic_html_leaves_markup_alone(latin: str, cyrillic: str):
    assert to_cyrillic_html(latin) == cyrillic

"""Stems, on the words that residents and editors use."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.language.folding import folded_words
from socialekaart_plugin.language.stemming import stem
from socialekaart_plugin.language.word_lists import STEM_OVERRIDES

# One line a group of forms that find each other.
JOINED = """
huis huizen huisje huisjes
gezin gezinnen
les lessen lesje lesjes
kind kinderen kindje kindjes
stad steden
bril brillen
cursus cursussen
brief brieven briefje
fiets fietsen fietst
dans dansen danst
groep groepen groepje groepjes
buurt buurten buurtje
kop kopje kopjes
club clubs clubje
vrijwilliger vrijwilligers vrijwillig vrijwillige
mantelzorg mantelzorger mantelzorgers
mogelijkheid mogelijkheden
eenzaam eenzame eenzaamheid
werkloos werkloze werkloosheid werklozen
dakloos dakloze daklozen
schuld schulden
uitkering uitkeringen
toeslag toeslagen
vergunning vergunningen
regeling regelingen
rekening rekeningen
vraag vragen vraagt
dag dagen
middag middagen
avond avonden
ochtend ochtenden
week weken
jaar jaren
uur uren uurtje
lid leden
pad paden
bad baden
glas glazen
dak daken
weg wegen
man mannen
vrouw vrouwen
moeder moeders
vader vaders
ouder ouders
ouderen oudere
jongere jongeren
jongen jongens
meisje meisjes
tiener tieners
peuter peuters
baby babys
oma omas
opa opas
broer broers broertje
zus zussen
buur buren
vriend vrienden vriendin vriendinnen
maatje maatjes
buddy buddys
bewoner bewoners
huurder huurders
deelnemer deelnemers
trainer trainers
docent docenten
adviseur adviseurs
begeleider begeleiders
leider leiders
tolk tolken
vluchteling vluchtelingen
nieuwkomer nieuwkomers
statushouder statushouders
veteraan veteranen
naaste naasten
nabestaande nabestaanden
lotgenoot lotgenoten
patient patienten
client clienten
arts artsen
huisarts huisartsen
tandarts tandartsen
apotheek apotheken
bibliotheek bibliotheken
school scholen
museum musea
centrum centra
cafe cafes
foto fotos
auto autos
video videos
computer computers
telefoon telefoons
boek boeken boekje
kaart kaarten kaartje
taart taarten taartje
brood broden broodje
boterham boterhammen
maaltijd maaltijden
groente groenten groentes
pannenkoek pannenkoeken
boodschap boodschappen
kleding kleren
schoen schoenen
jas jassen
tas tassen
bus bussen
klas klassen
pas passen
bal ballen
kat katten
hond honden
schaap schapen
bloem bloemen bloemetje
plant planten plantje
boom bomen boompje
tuin tuinen tuintje
tafel tafels tafeltje
stoel stoelen stoeltje
kamer kamers
keuken keukens
zaal zalen zaaltje
ruimte ruimtes ruimten
woning woningen
kantoor kantoren
loket loketten
punt punten
straat straten
plein pleinen pleintje
park parken
markt markten
winkel winkels
feest feesten feestje
spel spellen spelletje spelletjes
lied liederen liedje
verhaal verhalen
gedicht gedichten
film films filmpje
koor koren
kring kringen
vereniging verenigingen
stichting stichtingen
organisatie organisaties
gemeente gemeenten gemeentes
activiteit activiteiten
bijeenkomst bijeenkomsten
training trainingen
opleiding opleidingen
wandelen wandeling wandelingen wandelt wandelaars
bewegen beweging beweegt
verhuizen verhuizing
opvoeden opvoeding
ontmoeten ontmoeting ontmoetingen
verzorgen verzorging
begeleiden begeleiding
ondersteunen ondersteuning
behandelen behandeling
inburgeren inburgering
zwemmen zwem zwemt
lezen lees leest
koken kook kookt
praten praat praatje praatjes
luisteren luistert
helpen helpt help
werken werk werkt
leren leer leert
sporten sport
zingen zing zingt
schilderen schildert
tekenen tekening tekent
oefenen oefening oefent
rekenen rekent
roken rook rookt
slapen slaap slaapt
rouwen rouw rouwend
scheiden scheiding
repareren reparatie repareert
logeren logeer
solliciteren sollicitatie
eten eet etentje
doof dove doven
blind blinde blinden
ziek zieken zieke
ziekte ziekten ziektes
beperking beperkingen beperkt
dementie dementerend dementerenden
autisme autistisch autist
handicap gehandicapt gehandicapten
verslaafd verslaving verslaafden
slechthorend slechthorenden
slechtziend slechtziende
alleenstaand alleenstaande alleenstaanden
volwassene volwassenen
gezellig gezellige gezelligheid
gratis
veilig veiligheid veilige
gezond gezondheid
digitaal digitale
klein kleine
groot grote
nieuw nieuwe
idee ideeen
categorie categorieen
advies adviezen
prijs prijzen
reis reizen reisje
probleem problemen
klacht klachten
formulier formulieren
afspraak afspraken
gesprek gesprekken
ervaring ervaringen
kans kansen
wens wensen
mens mensen
kaars kaarsen
gids gidsen
plaats plaatsen
info informatie
email mail
"""

# Pairs that must not find each other.
APART = """
les lees
ouder ouderen
maat maatje
man maan
bal baal
zon zoon
kop koop
rok rook
bot boot
weg wieg
tak taak
dans dan
fiets fiet
gezin zin
gezin gezicht
groep groen
kat kaart
kaart karton
koor kor
school schol
haar har
bad bid
stad staat
week wak
hand handig
hulp help
zang zingen
kok koken
speel spel
rekening rekenen
regel regelen
regeling regel
jong jongen
jong jongere
oud ouder
oud ouderen
vrouw vriend
wonen woning
huur huurder
buurt buur
begeleiden leiden
werk werker
uit uitje
zus zuster
arts art
bank band
bank bang
kast kas
pas paas
thuis huis
ziekte zieken
kunst kussen
taal tal
vragen vrij
brief brie
brood broer
leraar leer
loket lok
trein training
moeder modder
schuld schuil
wandel handel
maaltijd maal
dag daag
rolstoel stoel
zorgen zorgelijk
buurthuis buurt
taalles taal
boek boeket
muziek museum
station stad
pleegkind kind
peuter puber
autisme auto
"""


def _lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


PAIRS_JOINED = [
    (forms[0], form) for forms in _lines(JOINED) for form in forms[1:] if form != forms[0]
]
PAIRS_APART = [(one, other) for one, other in _lines(APART)]


@pytest.mark.parametrize(("one", "other"), PAIRS_JOINED)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), PAIRS_APART)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_the_tables_are_as_long_as_promised() -> None:
    assert len({*PAIRS_JOINED, *PAIRS_APART}) >= 250


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("buurthuizen", "buurthuis"),
        ("stoeltje", "stoel"),
        ("kamertje", "kamer"),
        ("wandelingetje", "wandel"),
        ("kettinkje", "ketting"),
        ("partijtje", "partij"),
        ("spelletjes", "spel"),
        ("vrouwtje", "vrouw"),
        ("oranje", "oranje"),
        ("meisje", "meisje"),
    ],
)
def test_diminutives_lead_to_their_word(word: str, expected: str) -> None:
    assert stem(word) == stem(expected)


@pytest.mark.parametrize("word", ["العربية", "українська", "65", "2711ab", "d66", "ab", "日本語"])
def test_what_is_not_dutch_keeps_its_form(word: str) -> None:
    assert stem(word) == word


def test_overrides_are_folded_words_that_stay_where_they_lead() -> None:
    for word, target in STEM_OVERRIDES.items():
        assert folded_words(word) == [word]
        assert stem(word) == target
        assert stem(target) == target


@given(st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=64))
def test_a_stem_is_a_word_no_longer_than_its_diminutive_allows(word: str) -> None:
    found = stem(word)

    assert found
    assert folded_words(found) == [found]
    assert len(found) <= len(word) + 2 or word in STEM_OVERRIDES

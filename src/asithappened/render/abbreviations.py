"""Abbreviations whose full stop ends no sentence, by language.

Owns the lists, in lower case: `always` ("Dr. Smith"), only `before_a_number` ("No. 10", "Feb. 2019"), or MAYBE, which
may also end a sentence ("Inc.", "usw."), so that the next word decides. A word that means something else in another
language is listed for its own language only.
"""

from typing import Final

_EVERYWHERE: Final = (
    "dr prof mr mrs ms messrs mme mlle mmes mgr st ste sgt cpl lt col capt cmdr maj brig adm vs vol nr bzw ca cf "
    "approx tel dipl ing phil mag lic cand jr. sr. phd msc bsc"
)
_ALWAYS: Final = {
    "en": "gen sen rep gov rev hon pres supt det insp pvt mt ft v esp viz al fr br amb atty sec pfc vice",
    "de": "fr hr frl hl gen min bes bspw evtl ggf inkl exkl insb sog sogen vgl zzgl abzgl mio mrd bd abb jh "
    "jhd geb gest "
          "verh ehem stellv ministerpräs präs str bundesstr rel kath evang allg med jur habil verf bearb hrsg "
          "mind max "
          "min rd einschl betr lt gem lfd zit",
    "fr": "m mm me pr dre env pers art chap fig av apr bd boul éd ex réf tél vol p pp hab mr",
    "es": "sr sra srta sres sras dra d dña da gral cnel tte cap ud uds vd vds av avda núm pág págs fig art lic arq "
          "mons excmo excma ilmo pza ctra dpto apdo tfno aprox p pp vid prov",
    "it": "sig sigg dott on avv ing geom rag arch cav comm gen col ten cap mons egr gent spett art pag pagg "
    "fig cfr es "
          "sen pres min p pp proff dr ecc.",
    "pt": "sr sra srs sras dra exmo exma v prof profa eng enga av r pç art pág págs fig núm gen cel cap p pp aprox",
    "nl": "dhr mevr mej mw hr drs ing ir mr bijv o.a m.n i.p.v a.u.b d.w.z t.a.v blz art gen kol min resp "
    "incl excl evt",
    "sv": "bl t ex dvs resp kl kap s sid st fr hr frk d.v.s t.ex bl.a m.m. fig exkl inkl kung ev gen",
    "da": "hr fr frk kl bl.a f.eks dvs ca kap s nr mht pga evt inkl ekskl kgl gen",
    "nb": "hr fr frk kl bl.a f.eks dvs ca kap s nr mht pga evt inkl ekskl kgl gen",
    "pl": "ul al pl im św ks bp abp kard gen płk ppłk mjr kpt por ppor sierż inż mgr hab np tzw tzn m.in tj "
    "wg ok godz "
          "nr str tel red zob ww pow woj gm os doc lek dyr prez prof",
    "cs": "ing mudr judr phdr mgr bc doc rndr paeddr mvdr csc např tzv tj resp ul nám str tř sv gen plk pplk "
    "kpt por č čl",
    "sk": "ing mudr judr phdr mgr bc doc rndr napr tzv tj resp ul nám str sv gen plk kpt č čl",
    "ru": "ул пл пр просп пер наб бул им тыс млн млрд руб коп ок акад доц канд ген полк кап лейт см ср др.д "
    "гр тов стр "
          "рис табл гл ст обл респ св архиеп еп г-н г-жа напр т.е т.н",
    "uk": "вул пл просп пров бул ім тис млн млрд грн коп бл акад доц канд ген полк див ст обл св напр т.зв рис гл о",
    "bg": "ул бул пл им хил млн млрд лв ст акад доц ген полк св вж напр т.е т.нар г-н г-жа",
    "el": "κ κα κκ καθ δρ αγ λεωφ οδ αρ σελ βλ π.χ δηλ",
    "tr": "dr doç prof yrd av sn bkz cad sok mah apt no müh alb yzb gen örn vb. hz",
    "fi": "esim ent n s mm tri prof ks vrt kpl",
    "hu": "dr prof ifj özv id szt pl ún ill kb vö ld stb. u",
    "ro": "dl dna d-na d-l dvs str nr bd av art pag prof ing gen col cpt dr conf lect sf",
    "hr": "dr prof gđa g npr tzv tj ul sv str br mr doc akad",
    "ca": "sr sra dra av núm pàg art c pl pg fig sta",
    "hi": "डॉ प्रो श्री पं स्व कु",
    "mr": "डॉ प्रा श्री पं",
    "bn": "ড ডা প্রফেসর মো",
    "ar": "د أ م",
    "fa": "دکتر",
    "he": "פרופ גב",
}  # fmt: skip
_BEFORE_A_NUMBER: Final = (
    "no nos nr nrs cat núm num n nº art arts abs kap chap ch fig figs abb vol vols bd p pp pag pág s str ziff par "
    "sec eq kl c "
    "ca tel ext rd rn cl hausnr ft in lb oz min jan feb febr apr aug sept sep oct nov dec okt dez janv févr "
    "fév avr juil "
    "déc ene abr ago янв февр апр авг сент окт нояб дек стр рис гл ст п ч т sty lut kwi wrz paź lis gru čl č "
    "§ sura hab"
)
_MAYBE: Final = (
    "inc ltd co corp llc plc bros gmbh jr sr jun sen etc usw usf uvm ff dgl ecc ss e.v a.d ee uu ects esq ave "
    "blvd rd "
    "dept univ assn mts kg km cm mm min std sek sept oct nov dec jan feb aug okt dez mon tues wed thur thurs fri sat "
    "fla calif mich minn tex ala ariz colo conn kan ky md mont neb nev okla tenn va vt wis wyo "
    "др пр пр. гг вв тт т.д т.п itd itp atd apod vb vs stb osv mfl ofl enz"
)
_ORDINALS: Final = "de lb da nb nn no is fo fi et lv lt pl cs sk sl hr sr bs me hu tr az eu hsb dsb"
# Their ordinal numbers are written with a stop.
ORDINALS: Final = frozenset(_ORDINALS.split())
# Words that often begin a sentence and seldom a name.
_OPENERS: Final = {
    "en": "I My The This That These Those He She It They We You There Here In On At For With From After Before "
          "But And Or If "
          "As When While Where What Who How Why His Her Its Their Our Some Many Most Several All No Not Nobody "
          "Now Then "
          "Later Meanwhile However Yet So Two Three Police Officials",
    "de": "Der Die Das Den Dem Ein Eine Einen Er Sie Es Wir Ihr Ich Man Dies Diese Dieser Hier Dort Da Dann "
          "Doch Aber Und "
          "Oder Wenn Als Nach Vor Mit Für Auf Im Am Zum Zur Bei Auch Alle Viele Niemand Nun Danach Später",
    "nl": "De Het Een Hij Zij Ze Wij We Ik Dit Dat Deze Er Hier Daar Maar En Of Als Na Voor Met Op Bij Ook Alle Nu",
    "sv": "Det Den De Han Hon Vi Jag Detta Denna Här Där Men Och Eller Om Efter Före Med På Ingen Nu",
    "da": "Det Den De Han Hun Vi Jeg Dette Denne Her Der Men Og Eller Hvis Efter Før Med På Ingen Nu",
    "fr": "Le La Les Un Une Des Il Elle Ils Elles Nous Vous On Ce Cet Cette Ces Mais Et Ou Si Après Avant Avec "
          "Pour Dans "
          "Sur Personne",
    "es": "El La Los Las Un Una Unos Él Ella Ellos Esto Esta Este Pero Y O Si Después Antes Con Para Por En "
          "Nadie También",
    "it": "Il La Lo Gli Le I Un Una Uno Lui Lei Loro Questo Questa Ma E Se Dopo Prima Con Per Nel Sul Nessuno Anche",
    "pt": "O A Os As Um Uma Ele Ela Eles Isto Este Esta Mas E Se Depois Antes Com Para No Na Em Ninguém Também",
    "pl": "To Ten Ta Te On Ona Oni My Wy Ale I Lub Jeśli Po Przed Z Na Nikt Teraz",
    "cs": "Ten Ta To Oni My Ale Tento Tato Když Pokud Po Před Nikdo Nyní",
    "fi": "Se Hän He Me Mutta Ja Tai Jos Kun Nyt",
    "tr": "Bu O Onlar Biz Ama Ve Eğer Sonra Önce",
    "ru": "Это Этот Эта Он Она Они Мы Вы Но А И Или Если После Перед Никто Теперь Также В На С По",
    "uk": "Це Цей Ця Він Вона Вони Ми Але Або Якщо Після Ніхто Також В У На",
    "el": "Ο Η Το Οι Τα Αυτό Αυτός Αυτή Αλλά Και Αν Μετά Κανείς",
}  # fmt: skip


def always(language: str) -> frozenset[str]:
    """Return the words of a language (its first subtag) that end no sentence; those of every language for none."""
    return _SETS.get(language, _COMMON)


def openers(language: str) -> frozenset[str]:
    """Return the words that sentences of a language often begin with."""
    return _BEGINNINGS.get("da" if language in ("nb", "nn", "no") else language, _NONE)


def before_a_number(language: str) -> frozenset[str]:
    """Return the words that end no sentence if a number follows. "No" is also a word of its own in some languages."""
    return _NUMBERED - {"no"} if language in ("es", "it", "pt", "ca", "gl") else _NUMBERED


_COMMON: Final = frozenset(_EVERYWHERE.split())
_SETS: Final = {language: _COMMON | frozenset(words.split()) for language, words in _ALWAYS.items()}
_NUMBERED: Final = frozenset(_BEFORE_A_NUMBER.split())
MAYBE: Final = frozenset(_MAYBE.split())
_BEGINNINGS: Final = {language: frozenset(words.split()) for language, words in _OPENERS.items()}
_NONE: Final = frozenset[str]()
# Particles between an initial and a surname: "J.-M. Le Pen", "R. De Niro".
_PARTICLES: Final = "De Den Der Des Di Da Du El La Las Le Les Lo Los"
PARTICLES: Final = frozenset(_PARTICLES.split())

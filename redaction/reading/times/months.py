"""Knows the names of months in English and other languages, whole and as logs shorten them."""

# ruff: noqa: RUF001 (the letters of other languages are meant)

from typing import Final

_NAMES: Final = (
    # English first: the shapes that only programs write use its three letters.
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jän feber mär apr mai jun jul aug sept okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sept oct nov dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrz apr mai jun jul aug sep okt nov dez",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "januar februar mars april mai juni juli august september oktober november desember",
    "jan feb mar apr maj jun jul aug sep okt nov des",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "янв февр мар апр мая июн июл авг сент окт нояб дек",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
)
MONTHS: Final[dict[str, int]] = {
    name: number for row in _NAMES for number, name in enumerate(row.split(), 1)
}
ENGLISH_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"


def month_number(name: str) -> int:
    """Return the number of a month given as digits or a name.

    Raises:
        LookupError: it is the name of no month.
    """
    if name.isdecimal():
        return int(name)
    return MONTHS[name.lower().rstrip(".")]

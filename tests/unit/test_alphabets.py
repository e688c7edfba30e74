"""Texts that are no UTF-8 and name no encoding: read in their own letters, or not at all."""

import time
from io import BytesIO

import pytest

from redaction import CannotRead, read_raw
from redaction.intake.alphabets import telling_lines, undeclared
from redaction.intake.decoding import decode, encoding_of
from redaction.intake.reasons import Reason, Refused

RUSSIAN = "2026-02-11 ERROR Ошибка входа: пользователь Торгрим Фьелльхейм, почта не найдена\n"
NAME = "2026-02-11 ERROR login of user=Торгрим failed\n"
CAPITALS = "ИМЯ: ТОРГРИМ ФЬЕЛЛЬХЕЙМ\n"
JAPANESE = "2026-02-11 ERROR ログイン失敗: ユーザー さん\n"


@pytest.mark.parametrize("text", [RUSSIAN, NAME, CAPITALS])
@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_cyrillic_without_a_mark_is_read_in_its_own_letters(text: str, codec: str) -> None:
    content = text.encode(codec)
    assert decode(content) == text
    assert content.decode(encoding_of(BytesIO(content))) == text


@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
def test_japanese_without_a_mark_is_read_in_its_own_letters(codec: str) -> None:
    content = JAPANESE.encode(codec)
    assert decode(content) == JAPANESE
    assert content.decode(encoding_of(BytesIO(content))) == JAPANESE


@pytest.mark.parametrize(
    "text",
    [
        "Größe überschritten für Jörg Müller - naïve façade\n",
        "Þórður Æðrúleysi sagði já\n",
        "L'été où Zoë a été élue à l'unanimité\n",
        "El señor Núñez pidió más información\n",
    ],
)
def test_western_letters_are_read_as_such(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("登录失败 用户 请检查密码", "gbk"),
        ("登錄失敗 用戶 請檢查密碼", "big5"),
        ("사용자 로그인 실패", "cp949"),
        ("Σφάλμα σύνδεσης χρήστη", "cp1253"),
        ("שגיאת התחברות משתמש", "cp1255"),
        ("خطأ في تسجيل الدخول للمستخدم", "cp1256"),
    ],
)
def test_an_alphabet_that_nobody_can_tell_is_not_read_as_western_letters(
    text: str, codec: str
) -> None:
    content = f"2026-02-11 ERROR {text}\n".encode(codec)
    with pytest.raises(Refused) as refused:
        decode(content)
    assert refused.value.reason is Reason.ENCODING
    with pytest.raises(Refused) as refused:
        encoding_of(BytesIO(content))
    assert refused.value.reason is Reason.ENCODING


def test_utf_8_with_much_that_is_broken_is_read_as_utf_8() -> None:
    content = b"Torgrim caf\xc3\xa9 \xff\xfe\xe9 ok\n"
    assert decode(content) == "Torgrim caf\u00e9 \ufffd\ufffd\ufffd ok\n"
    assert encoding_of(BytesIO(content)) == "utf-8"


def test_such_a_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(CannotRead, match="ask for the text as UTF-8"):
        read_raw(BytesIO("登录失败 用户 请检查密码\n".encode("gbk")))


def test_an_encoding_is_told_over_the_borders_of_what_is_read_at_once() -> None:
    plain = "2026-02-11 INFO nothing to see\n" * 40_000
    text = plain + RUSSIAN + plain
    assert encoding_of(BytesIO(text.encode("koi8-r"))) == "koi8-r"


def test_one_endless_line_is_told_in_time_that_grows_with_it() -> None:
    def seconds(size: int) -> float:
        line = b"order 4711 took 12 ms, " * (size // 23) + b"\xcf\xf0\xe8\xe2\xe5\xf2"
        begun = time.process_time()
        telling_lines(line)
        return time.process_time() - begun

    short, long = (min(seconds(size) for _ in range(3)) for size in (1 << 20, 8 << 20))
    assert long < 40 * max(short, 1e-4)


def test_the_alphabet_of_one_endless_line_is_told() -> None:
    line = "Ольга Петрова не может войти, ошибка сервера " * 30_000
    assert undeclared(telling_lines(line.encode("cp1251"))) == "cp1251"

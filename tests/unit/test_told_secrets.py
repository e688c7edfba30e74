# ruff: noqa: E501, RUF001 - signs as people write them, a case on one line
"""What people tell each other of passwords in free sentences, and what messages only say of them.

The values are invented; nothing here opens anything.
"""

import pytest

from tests.unit.test_secrets import hand

TOLD = [
    ("Password (new): {}", "Rabbit82"),
    ("new pw -> {}", "Rabbit#9"),
    ("my password is {}, can you check?", "Hunter2"),
    ("Kennwort {} für das Portal", "Zwirb!x"),
    ("Benutzer a, Kennwort {}", "Zwirb!x"),
    ("das PW ist <b>{}</b>", "Zwirb!x8"),
    ("her login is above and the pin {}", "4711"),
    ("le mot de passe {}", "Zwirb!x"),
    ("the password is {}", "swordfish"),
    ("pass: {}", "correct horse battery staple"),
    ("passphrase: {}", "correct horse battery staple"),
    ("temporary password {} was set", "Rabbit82"),
    ("root password has been set to {}", "Rabbit82"),
    ("login: admin / {}", "Rabbit82"),
    ("credentials: roe / {}", "Rabbit82"),
    ("log in with roe / {}", "Rabbit82"),
    ("you can use roe/{} to log in", "Rabbit82"),
    ("ID: master, PW: {}", "Gr4nit-K!"),
    ("the pin: {}", "4821"),
    ("PIN is {} for the door", "4821"),
    ('pass: "{}"', "0123"),
    ("le mot de passe est {}", "lapin"),
    ("Le mot de passe de roe : {}", "Lapin82"),
    ("das Passwort lautet {}.", "Kaninchen"),
    ("Passwort für den Zugang: {}", "Hase-82"),
    ("la contraseña es {}", "Conejo82"),
    ("contraseña: {}", "conejo"),
    ("a senha é {}", "Coelho82"),
    ("senha: {}", "coelho"),
    ("la password è {}", "Coniglio82"),
    ("wachtwoord: {}", "konijn"),
    ("het wachtwoord voor roe is {}", "Konijn82"),
    ("lösenordet är {}", "Kanin82"),
    ("hasło użytkownika to {}", "Krolik82"),
    ("пароль - {}", "Krolik82"),
    ("密码:{}", "Tuzi82"),
    ("密码是{},请登录", "Tuzi82"),
    ("パスワードは{}です", "Usagi82"),
    ("パスワード：{}", "usagi"),
    ("비번: {}", "tokki!82"),
]


@pytest.mark.parametrize(("text", "value"), TOLD)
def test_a_password_told_in_a_sentence_is_dropped_and_the_sentence_stays(
    text: str, value: str
) -> None:
    clean = hand(text.format(value))
    before, after = text.split("{}")
    assert {span.action for span in clean.spans if span.type == "PASSWORD"} == {"drop"}
    assert value not in clean.text
    assert clean.text.startswith(before.split(" ")[0])
    assert clean.text.endswith(after[-6:])


@pytest.mark.parametrize(
    "text",
    [
        "password reset requested",
        "password: reset link sent today",
        "the password was changed yesterday",
        "the password should be at least 8 characters",
        "password is wrong, token is invalid",
        "token expired at 12:00",
        "secret not found",
        "key not found: order_id",
        "token validation failed: signature mismatch",
        "authorization: required",
        "Authorization failed for user",
        "pin: 3, pass: 12, fail: 4",
        "le mot de passe est incorrect",
        "das Passwort ist abgelaufen",
        "das Passwort wurde zurückgesetzt",
        "contraseña: incorrecta",
        "密码不正确,请重试",
        "パスワードが違います",
        "login: failed / retry",
        "access: public / 2026-01-02",
        "password_policy: strict12",
        "password_changed_at: 2026-01-02T03:04:05Z",
        "System.Core, Version=3.5.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089",
        "prompt_tokens=1532 total_tokens=2048",
        "using passport strategy local-2023",
        "Your passport appointment is on 2026-03-04",
    ],
)
def test_what_a_message_says_of_a_password_or_key_stays(text: str) -> None:
    assert hand(text).text == text


@pytest.mark.parametrize(
    "value",
    [
        "null", "None", "nil", "undefined", '""', "''", "***", "<redacted>", "[REDACTED]",
        "[FILTERED]", "(none)", "${VAR}", "$DB_PASS", "%DB_PASS%", "{{ var }}",
        "${{ secrets.DB }}", "<your password>", "#{pw}", "@Password", ":password", "%s", "{0}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["password", "token"])
def test_a_mask_a_reference_and_nothing_stay_under_a_secrets_key(key: str, value: str) -> None:
    text = f"{key}={value}"
    assert hand(text).text == text


def test_a_token_that_somebody_names_in_a_sentence_is_sealed() -> None:
    assert (
        hand("connecting with token Fl0te8X4 now").text == "connecting with token <OPAQUE_ID_1> now"
    )


@pytest.mark.parametrize(
    "text",
    ["das Kennwort wurde geändert", "a senha errada", "use token auth2", "with secret sauce.", "pin 12 on GPIO"],
)  # fmt: skip
def test_a_word_beside_the_word_for_a_secret_is_none(text: str) -> None:
    assert hand(text).text == text

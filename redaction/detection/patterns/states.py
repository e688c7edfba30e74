# ruff: noqa: RUF001 - words as people write them
"""Tells what a message says of a password or a key from a password or a key."""

from typing import Final

from redaction.detection.patterns.ordinary import is_empty, words_of

_STATES: Final = words_of(
    "absent accepted active again also already blank blocked broken compromised confirmed correct"
    " created deleted disabled does enabled encrypted entered exists field forgotten found"
    " generated given good hashed here ignored inactive instead known leaked length less locked"
    " lost match matched matches mismatch mismatched needed never nothing old only outdated"
    " present protected provided recovered refused rejected same saved sent shown stale stored"
    " strong suspended temporary there too undefined unchanged unavailable unsafe unset"
    " unsupported updated used verified weak will with working your verification recovery policy"
    " manager protection abgelaufen falsch ungültig ungueltig leer fehlt unbekannt geändert"
    " zurückgesetzt gesperrt korrekt richtig vergessen gespeichert verschlüsselt nötig"
    " erforderlich notwendig sicher bekannt gleich incorrecte incorrect expiré invalide vide"
    " inconnu inconnue oublié obligatoire requis bloqué changé absente manquant erroné faux refusé"
    " correcte réinitialisé modifié nécessaire différent incorrecta incorrecto caducada caducado"
    " inválida inválido invalida invalido vacía vacia obligatoria requerida errónea erronea"
    " equivocada correcta olvidada bloqueada cambiada desconocida expirada incorreta incorreto"
    " vazia vazio obrigatória obrigatoria expirou errada esquecida alterada errata sbagliata"
    " scaduta scaduto vuota obbligatoria richiesta bloccata dimenticata corretta verlopen onjuist"
    " ongeldig leeg verplicht vergeten geblokkeerd gewijzigd fout verkeerd vereist felaktigt"
    " ogiltigt tomt krävs glömt utgått ugyldig påkrevd glemt utløpt forkert ugyldigt udløbet väärä"
    " virheellinen vanhentunut puuttuu nieprawidłowe niepoprawne błędne wygasło puste wymagane"
    " nesprávné neplatné vypršelo prázdné povinné špatné hibás érvénytelen lejárt üres greșită"
    " greşită expirată incorectă yanlış geçersiz hatalı gerekli boş неверный неправильный неверен"
    " устарел истёк истек обязателен пустой сброшен изменён изменен забыт"
    " 错误 不正确 无效 已过期 错誤 不能为空 必填 正确 正しくありません 無効 必須 誤り"
    " 틀렸습니다 필수"
)
_LATIN: Final = str.maketrans("áàâäãéèêëíìîïóòôöúùûüçñ", "aaaaaeeeeiiiioooouuuucn")


def says_nothing(value: str) -> bool:
    """Tell whether a value is absent, masked, a reference, or a word on the state of a secret.

    `expired`, `abgelaufen` and `incorrecta` are what messages say where a password might stand.
    """
    if is_empty(value):
        return True
    lowered = value.strip(" \t\"'`.,;:!").lower()
    return lowered in _STATES or lowered.translate(_LATIN) in _PLAIN_STATES


_PLAIN_STATES: Final = frozenset(word.translate(_LATIN) for word in _STATES)

# ruff: noqa: E501
"""Measures how ranking holds up where reports are not written in English.

Twenty invented problems, each reported twice in other words, in six languages; the title of the
second is looked for among all forty. Run `python tests/bench/bench_languages.py MODEL_FOLDER`; it
prints R@1 and R@5 of the untrained ranking for each language as JSON, and of the vectors alone.
"""

import json
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from redaction import RedactedText, Seal  # noqa: E402
from retrieval import Index, MiniLmEmbedder, Weights, document_query, rank  # noqa: E402
from tests.making import redacted  # noqa: E402
from tests.making_documents import a_document  # noqa: E402

# Language, then title and description of the first report and of the second.
PROBLEMS = (
    ("en", "Export stops at 40 %", "The nightly export hangs and never writes the file.",
     "Nightly export never finishes", "It gets stuck before half and no file appears."),
    ("en", "Login loop after password reset", "Users are sent back to the sign-in page.",
     "Cannot sign in with new password", "After a reset the login page opens again and again."),
    ("en", "Invoices show wrong currency", "Totals are in dollars although euros are set.",
     "Currency on invoice is wrong", "Customer set euros, the invoice total says dollars."),
    ("en", "Search returns nothing", "The index is empty after the upgrade.",
     "No search results since upgrade", "Every search is empty, it worked before the update."),
    ("de", "Export bleibt bei 40 % stehen", "Der nächtliche Export hängt und schreibt keine Datei.",
     "Nächtlicher Export wird nie fertig", "Er hängt vor der Hälfte, es entsteht keine Datei."),
    ("de", "Anmeldung dreht sich im Kreis", "Nach dem Zurücksetzen des Kennworts kommt wieder die Anmeldeseite.",
     "Anmelden mit neuem Kennwort unmöglich", "Die Anmeldeseite erscheint immer wieder."),
    ("de", "Rechnung in falscher Währung", "Die Summe steht in Dollar, eingestellt ist Euro.",
     "Falsche Währung auf der Rechnung", "Obwohl Euro eingestellt ist, zeigt sie Dollar."),
    ("de", "Drucker druckt leere Seiten", "Etiketten kommen seit dem Update leer heraus.",
     "Leere Etiketten nach Update", "Der Etikettendrucker gibt nur weiße Seiten aus."),
    ("fr", "L'export s'arrête à 40 %", "L'export de nuit reste bloqué et n'écrit aucun fichier.",
     "L'export de nuit ne se termine jamais", "Il se bloque avant la moitié, aucun fichier n'apparaît."),
    ("fr", "Connexion en boucle", "Après la réinitialisation du mot de passe, la page de connexion revient.",
     "Impossible de se connecter avec le nouveau mot de passe", "La page de connexion s'ouvre sans cesse."),
    ("fr", "Facture dans la mauvaise devise", "Le total est en dollars alors que l'euro est réglé.",
     "Devise erronée sur la facture", "L'euro est choisi mais la facture affiche des dollars."),
    ("es", "La exportación se detiene al 40 %", "La exportación nocturna se cuelga y no escribe el archivo.",
     "La exportación nocturna nunca termina", "Se queda parada antes de la mitad y no aparece ningún archivo."),
    ("es", "Bucle al iniciar sesión", "Tras restablecer la contraseña vuelve la página de inicio de sesión.",
     "No se puede entrar con la contraseña nueva", "La página de inicio de sesión se abre una y otra vez."),
    ("es", "Factura con moneda equivocada", "El total sale en dólares aunque está configurado el euro.",
     "Moneda incorrecta en la factura", "Se eligió el euro y la factura muestra dólares."),
    ("pl", "Eksport zatrzymuje się na 40 %", "Nocny eksport zawiesza się i nie zapisuje pliku.",
     "Nocny eksport nigdy się nie kończy", "Staje przed połową i plik nie powstaje."),
    ("pl", "Logowanie w pętli", "Po zmianie hasła wraca strona logowania.",
     "Nie można zalogować się nowym hasłem", "Strona logowania otwiera się w kółko."),
    ("pl", "Faktura w złej walucie", "Suma jest w dolarach, choć ustawiono euro.",
     "Zła waluta na fakturze", "Ustawiono euro, faktura pokazuje dolary."),
    ("ja", "エクスポートが40%で止まる", "夜間のエクスポートが停止し、ファイルが作成されません。",
     "夜間エクスポートが終わらない", "途中で止まり、ファイルができません。"),
    ("ja", "ログインが繰り返される", "パスワードをリセットするとログイン画面に戻ります。",
     "新しいパスワードでログインできない", "ログイン画面が何度も表示されます。"),
    ("ja", "請求書の通貨が違う", "ユーロに設定したのに合計がドルです。",
     "請求書の通貨が間違っている", "ユーロを選んだのに請求書はドル表示です。"),
)  # fmt: skip


class OpenGate:
    """Lets everything through: these texts are invented."""

    def check(self, text: RedactedText) -> None:
        """Refuse nothing."""

    def admit(self, text: str) -> RedactedText:
        return redacted(text)


def figures(model: Path) -> dict[str, dict[str, float]]:
    firsts = [a_document(f"{n}-a", p[1], p[2]) for n, p in enumerate(PROBLEMS)]
    seconds = [a_document(f"{n}-b", p[3], p[4]) for n, p in enumerate(PROBLEMS)]
    places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    vectors = Weights(title=0, words=0, signature=0)
    with TemporaryDirectory() as folder:
        index = Index(folder, MiniLmEmbedder(model), OpenGate(), Seal(bytes(32)))
        index.add([*firsts, *seconds])
        for number, (problem, asked) in enumerate(zip(PROBLEMS, seconds, strict=True)):
            # By its title alone: with the description every report is found in every language.
            query = document_query(replace(asked, text=redacted("")))
            found = [one for one in index.candidates(query) if one.key != f"case/{number}-b"]
            for name, weights in (("ranking", Weights()), ("vectors", vectors)):
                keys = [place.candidate.key for place in rank(query, None, found, weights)]
                right = f"case/{number}-a"
                places[problem[0]][name].append(keys.index(right) if right in keys else len(keys))
    return {
        language: {
            f"{name} R@{k}": sum(place < k for place in found) / len(found)
            for name, found in by_ranker.items()
            for k in (1, 5)
        }
        for language, by_ranker in places.items()
    }


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1])), indent=2))

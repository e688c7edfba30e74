# ruff: noqa: E501 - a word list is easier to check as text
"""The words for people and where they live that keys and table headings have in other languages."""

from typing import Final

from redaction.detection.patterns.ordinary import words_of

# German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Polish, Czech, Finnish; no accents.
FOREIGN: Final[dict[str, str]] = {
    "PERSON": "vorname|nachname|familienname|vor und nachname|ansprechpartner|ansprechpartnerin|bearbeiter|bearbeiterin|sachbearbeiter"
    "|kontaktperson|mitarbeiter|mitarbeiterin|melder|ersteller|empfaenger|empfanger|absender|inhaber|kontoinhaber|prenom|nom de famille|nom complet"
    "|interlocuteur|demandeur|apellido|apellidos|nombre completo|solicitante|cognome|nome completo|sobrenome|voornaam|achternaam"
    "|contactpersoon|fornavn|etternavn|efternavn|fornamn|efternamn|kontakt person|imie|nazwisko|imie i nazwisko|jmeno a prijmeni|prijmeni"
    "|etunimi|sukunimi",
    "ACCOUNT": "imei|imsi|iccid|sort code|routing number|bic|swift code|blz|bankleitzahl",
    "USER": "pers nr|personalnummer|personal nr|mitarbeiternummer|mitarbeiter nr|employee id|employee number|employee no|badge number|badge id|staff id"
    "|matricule|benutzer|benutzername|anmeldename|nutzername|utilisateur|identifiant utilisateur|usuario|nombre de usuario|utente"
    "|nome utente|gebruiker|gebruikersnaam|brukernavn|anvandarnamn|uzytkownik",
    "EMAIL": "e mail adresse|mail adresse|emailadresse|mailadresse|courriel|adresse mail|adresse e mail|correo|correo electronico"
    "|e mailadres|e post|epost|e mail adres|sahkoposti",
    "PHONE": "telefon|telefonnummer|telefonnr|telefon nr|mobil|mobiltelefon|mobilnummer|mobilfunk|handy|handynummer|rufnummer|festnetz"
    "|tel nr|telefax|faxnummer|telephone portable|telefono|movil|celular|cellulare|telefone|telemovel|telefoon|telefoonnummer|mobiel|puhelin",
    # What may hold nothing but the name of a street.
    "STREET": "street|street name|street 1|strt nm|strasse|strassenname|rue|calle|straat|ulica",
    "ADDRESS": "pst cd|bldg nb|haus nr|hausnr|str|strasse nr|strasse und hausnummer|hausnummer|anschrift|adresse|wohnadresse|lieferadresse"
    "|rechnungsadresse|postleitzahl|code postal|adresse postale|direccion|codigo postal|indirizzo|endereco|morada"
    "|adres|huisnummer|postnummer|postnr|gateadresse|kod pocztowy|osoite|postinumero",
    "LOCATION": "wohnort|stadt|geburtsort|ville|lieu de naissance|ciudad|lugar de nacimiento|citta|luogo di nascita|cidade|woonplaats"
    "|poststed|miasto|mesto",
    "BIRTHDATE": "geburtsdatum|geburtstag|geb datum|geb dat|gebdatum|date de naissance|ne le|fecha de nacimiento|data di nascita"
    "|data de nascimento|geboortedatum|fodselsdato|fodselsdag|fodelsedatum|data urodzenia|datum narozeni|syntymaaika",
    "NATIONALITY": "staatsangehorigkeit|staatsangehoerigkeit|nationalite|nacionalidad|nazionalita|nationaliteit",
    "ORGANIZATION": "firma|firmenname|unternehmen|kundenname|entreprise|societe|raison sociale|empresa|azienda|ragione sociale|bedrijf"
    "|bedrijfsnaam|foretag|yritys",
    "CUSTOMER": "kunde|kundin|kundennummer|kundennr|kunden nr|kunden id|numero client|cliente|numero de cliente|codice cliente|klant"
    "|klantnummer|kundenummer|kundnummer|klient",
    "PASSPORT": "reisepass|reisepassnummer|passnummer|pass nr|numero de passeport|pasaporte|passaporto|paspoort|paspoortnummer",
    "CARD_CODE": "cvv|cvc|cvv2|cvc2|card security code|card verification value",
    "NATIONAL_ID": "versichertennummer|versicherten nr|krankenversichertennummer|sv nummer|sv nr|sozialversicherungs nr|ust id nr|ust idnr|vat number"
    "|siret|siren|nip|regon|rodne cislo|kimlik|kimlik no|mrn|mbi|medical record number|health insurance number|sozialversicherungsnummer|steueridentifikationsnummer|personalausweis|ausweisnummer|personalausweisnummer"
    "|numero de securite sociale|numero fiscal|burgerservicenummer",
    "PASSWORD": "mot de passe|contrasena|wachtwoord|haslo|heslo|salasana|losenord",
    "IBAN": "bankverbindung|kontonummer",
}
"""The last words of a key by what its value is, `|` between them; the longest suffix wins."""

BARE_NAMES: Final = words_of("name nom nombre nome naam navn namn nimi jmeno")
"""What is the name of anything: other keys and the values decide."""

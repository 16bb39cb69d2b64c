"""Translations of a record, with how far each can be trusted."""

from dataclasses import dataclass

from django.conf.locale import LANG_INFO

from socialekaart_plugin.directory.choices import Language, TranslationState
from socialekaart_plugin.publication.rules import Payload

from .labels import label_of

#: Languages' own names that Django does not have.
_OWN_NAMES = {
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "prs": "دری",
    "ps": "پښتو",
    "ku": "Kurdî",
    "ber": "Tamaziɣt",
    "zh": "中文",
    "pap": "Papiamentu",
    "srn": "Sranantongo",
}
#: Languages that are written from right to left.
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ur"})


@dataclass(frozen=True)
class TranslatedText:
    """A record in another language.

    Attributes:
        language: its code.
        own_name: the language's name for itself.
        label: its name in the language of the page.
        direction: `ltr` or `rtl`.
        is_by_machine: a machine made it and nobody checked it.
        is_outdated: the Dutch text has changed since.
        name: empty if the name is not translated.
        summary: plain text.
        description: HTML.
    """

    language: str
    own_name: str
    label: str
    direction: str
    is_by_machine: bool
    is_outdated: bool
    name: str
    summary: str
    description: str


def translated_texts(payload: Payload) -> list[TranslatedText]:
    """Return the translations of a payload; its rich text must be expanded."""
    return [_text(translation) for translation in payload["translations"]]


def _text(translation: Payload) -> TranslatedText:
    language = translation["language"]
    label = label_of(Language, language)
    own_name = _OWN_NAMES.get(language) or LANG_INFO.get(language, {}).get("name_local") or label
    return TranslatedText(
        language=language,
        own_name=str(own_name),
        label=label,
        direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        is_by_machine=translation["state"] == TranslationState.MACHINE,
        is_outdated=translation["is_outdated"],
        name=translation["name"],
        summary=translation["summary"],
        description=translation["description"],
    )

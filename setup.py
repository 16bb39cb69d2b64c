"""Build the wheel with its translations inside: Babel compiles them; they are never in git."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTranslations(build_py):
    """Copies the package, then puts a compiled file beside each translation of the copy."""

    def run(self) -> None:
        """Copy, then compile."""
        super().run()
        if self.editable_mode:
            return
        for source in sorted(
            Path(self.build_lib).glob("socialekaart_plugin/locale/*/LC_MESSAGES/*.po")
        ):
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parent.parent.name)
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)


setup(cmdclass={"build_py": BuildWithTranslations})

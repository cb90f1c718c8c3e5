"""What makes a run impossible. Faults in the data are findings, never exceptions."""

from cardkit.ground.text import Text


class CardkitError(Exception):
    """A run that cannot go on: says what is wrong and what to write instead. Exit code 2."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint

"""The built-in reader: rules over sentences; no model, no network, the same answer every time."""

from extractor.manifest import code_sha256
from extractor.readers.answer import Answer
from extractor.readers.baseline.reading import read_text
from extractor.request import Request


class BaselineReader:
    """Reads English news by general rules; what they do not cover is left out, not guessed."""

    name = "baseline"
    needs_prompt = False

    @property
    def fingerprint(self) -> str:
        """Hash of the code and its word lists: they alone decide its answers."""
        return code_sha256()

    async def read(self, request: Request) -> Answer:
        """Answer one request."""
        return Answer(answer=read_text(request.article).answer)

    async def close(self) -> None:
        """Nothing to let go of."""

"""Every error raised on purpose: one tree; each names the thing, the place and the next step."""


class TollbookError(Exception):
    """Something the user can understand and mend; the command prints it without a traceback."""


class UsageError(TollbookError):
    """The command was asked for something that cannot be done as asked."""


class AssetError(TollbookError):
    """A file that travels with the package is missing: the installation is broken."""


class PromptError(TollbookError):
    """A prompt pack is missing, malformed or changed after its release."""


class SettingsError(TollbookError):
    """The settings of a model endpoint are missing or contradict each other."""


class EndpointError(TollbookError):
    """The endpoint refuses every call (wrong key, unknown model, no such address): stop the run."""


class CapError(TollbookError):
    """A cap of tokens or money is reached; no further call is made."""


class ArticleCapError(CapError):
    """The cap for one article is reached: this one is not read on, others may be."""


class DeferredError(TollbookError):
    """A call waits for a batch to bring its answer; its article is taken up again then."""


class RecordingError(TollbookError):
    """A recording cannot be read, or has no answer to a request; no live call replaces it."""


class StoreError(TollbookError):
    """A run folder cannot be opened, written or read back."""


class RecordError(TollbookError):
    """A stored record does not have the shape that this version reads."""


class TableError(TollbookError):
    """A table of places or actors cannot be read, or a line of it is malformed."""

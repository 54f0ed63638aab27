"""Reading for grading: the one part of grading that makes records; all else looks at them."""

from eval.run.documents import Asked, open_asked, read_documents

__all__ = ["Asked", "open_asked", "read_documents"]
